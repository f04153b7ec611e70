/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('cluster_heartbeats', table => {
    table.comment('When each cluster was last heard of');
    table.string('cluster').primary();
    table
      .bigInteger('heard_at')
      .notNullable()
      .index()
      .comment('Milliseconds, by our clock');
    table
      .bigInteger('clock_at')
      .notNullable()
      .comment('Milliseconds, by the clock of the cluster');
    table.integer('revision').notNullable().index().comment('Of the status');
    table.string('writer').notNullable().comment('The replica');
  });
  await knex.schema.createTable('cluster_reports', table => {
    table.comment('What each cluster last reported');
    table.string('cluster').primary();
    table
      .text('reports', 'longtext')
      .notNullable()
      .comment('JSON: of each application the revision, the condition, when');
    table.integer('revision').notNullable().index().comment('Of the status');
    table.string('writer').notNullable().comment('The replica');
  });
  await knex('revisions').insert({ name: 'status', revision: 0 });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex('revisions').where({ name: 'status' }).delete();
  await knex.schema.dropTable('cluster_reports');
  await knex.schema.dropTable('cluster_heartbeats');
};
