/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('sources', table => {
    table.comment('Manifests that the API was given, by what is in them');
    table
      .string('digest')
      .primary()
      .comment('SHA-256 of paths and contents, in hexadecimal');
    table
      .text('files', 'longtext')
      .notNullable()
      .comment('JSON: texts by their paths');
    table.string('stored_at').notNullable().index();
    table.string('stored_by').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('sources');
};
