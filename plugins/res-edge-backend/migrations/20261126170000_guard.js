/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('guard_losses', table => {
    table.comment('What was taken away from clusters, for a day');
    table.increments('sequence');
    table.string('at').notNullable().index();
    table
      .text('losses', 'longtext')
      .notNullable()
      .comment('JSON: names of clusters by application and namespace');
  });
  await knex.schema.createTable('guard_sign_offs', table => {
    table.comment('What a person allowed to be taken away');
    table.increments('sequence');
    table.string('at').notNullable();
    table.string('actor').notNullable();
    table.text('reason');
    table
      .text('losses', 'longtext')
      .notNullable()
      .comment('JSON: the part that is not delivered yet');
    table
      .string('policy')
      .index()
      .comment('Reference and digest of a prohibition that is answered');
    table.boolean('open').notNullable().index();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('guard_sign_offs');
  await knex.schema.dropTable('guard_losses');
};
