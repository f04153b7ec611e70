/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('rollouts', table => {
    table.comment('Releases of applications on their way through rings');
    table.string('id', 36).primary();
    table.string('application').notNullable().index();
    table.string('release').notNullable().comment('Digest of the release');
    table.string('version').notNullable();
    table.string('phase').notNullable();
    table.string('since').notNullable().comment('When the phase began');
    table.string('started_at').notNullable().index();
    table
      .boolean('latest')
      .notNullable()
      .index()
      .comment('Whether the application has no newer one');
    table.text('rings', 'longtext').notNullable().comment('JSON, in order');
  });
  await knex.schema.createTable('rollout_moves', table => {
    table.comment('What happened to rollouts, each step with its cause');
    table.increments('sequence');
    table.string('rollout', 36).notNullable().index();
    table.string('at').notNullable();
    table.string('ring').comment('Empty where the rollout as a whole moved');
    table.string('from').notNullable();
    table.string('to').notNullable();
    table.text('cause').notNullable();
    table.string('actor');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('rollout_moves');
  await knex.schema.dropTable('rollouts');
};
