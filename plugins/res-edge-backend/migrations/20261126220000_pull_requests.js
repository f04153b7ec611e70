/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('change_requests', table => {
    table
      .text('pull_request')
      .comment('JSON: number, url and state of its pull request');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('change_requests', table => {
    table.dropColumn('pull_request');
  });
};
