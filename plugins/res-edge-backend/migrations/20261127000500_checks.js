/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('change_requests', table => {
    table
      .text('checks')
      .comment(
        'JSON: what the server with its pull request was told, of which commit',
      );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('change_requests', table => {
    table.dropColumn('checks');
  });
};
