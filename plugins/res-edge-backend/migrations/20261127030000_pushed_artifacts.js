/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('pushed_artifacts', table => {
    table.comment(
      'Manifests that were pushed to a registry: what may be deleted there',
    );
    table.string('registry').notNullable().comment('Its host and path');
    table.string('repository').notNullable().comment('Below it');
    table.string('digest', 71).notNullable().comment('Of the manifest');
    table.string('tag').notNullable().comment('The one that stays');
    table.string('pushed_at', 24).notNullable().comment('Last');
    table
      .string('left_at', 24)
      .comment('Since when nothing is delivered to the repository');
    table.primary(['registry', 'repository', 'digest']);
    table.index(['registry', 'repository', 'pushed_at']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('pushed_artifacts');
};
