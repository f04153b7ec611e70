/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('awaited_clusters', table => {
    table.comment('Clusters that are told what to run and never reported');
    table.string('cluster').primary();
    table
      .bigInteger('since')
      .notNullable()
      .comment('Milliseconds, by our clock: when that was first seen');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('awaited_clusters');
};
