/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('source_polls', table => {
    table.comment('What polling found of the sources of applications');
    table.string('application').primary();
    table
      .string('source', 64)
      .notNullable()
      .comment('Digest of what is polled, and for which versions');
    table.string('found').comment('The newest version, as the source names it');
    table.string('found_at');
    table.string('polled_at').notNullable();
    table.string('next_at').notNullable().comment('Not before');
    table.integer('failures').notNullable().comment('In a row');
    table.text('error').comment('Of the last time');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('source_polls');
};
