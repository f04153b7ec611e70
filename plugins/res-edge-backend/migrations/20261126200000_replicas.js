/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex('revisions').insert([
    { name: 'findings', revision: 0 },
    { name: 'requests', revision: 0 },
  ]);
  await knex.schema.alterTable('plans', table => {
    table
      .text('losses', 'longtext')
      .comment('JSON: what who merges its change request has read');
    table
      .string('policy')
      .comment('Reference and digest of the prohibition that it proposes');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('plans', table => {
    table.dropColumn('losses');
    table.dropColumn('policy');
  });
  await knex('revisions').whereIn('name', ['findings', 'requests']).delete();
};
