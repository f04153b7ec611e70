/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('approvals', table => {
    table.comment('What people said to decisions, append-only');
    table.increments('sequence');
    table
      .string('decision')
      .notNullable()
      .index()
      .comment('Reference and digest of what is decided');
    table
      .string('policy')
      .notNullable()
      .comment('Name and digest of the approval that asked');
    table.string('actor').notNullable();
    table.string('verdict').notNullable().comment('approve or refuse');
    table.integer('step').notNullable();
    table.string('at').notNullable();
    table.string('from').comment('It counts from then on');
    table.string('until').comment('It counts until then');
    table.text('reason');
    table
      .boolean('merge')
      .notNullable()
      .comment('Whether to merge as soon as all agreed');
  });
  await knex.schema.alterTable('change_requests', table => {
    table
      .text('approvals', 'longtext')
      .comment('JSON: the approvals that it needs, and who asked for it');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('change_requests', table => {
    table.dropColumn('approvals');
  });
  await knex.schema.dropTable('approvals');
};
