/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('gate_readings', table => {
    table.comment('What was read last of the health gates of rollouts');
    table.string('rollout', 36).notNullable();
    table.string('ring', 63).notNullable();
    table.string('gate', 63).notNullable().comment('Its name');
    table.text('spec').notNullable().comment('JSON, as it was read');
    table.string('state').notNullable();
    table.double('value').comment('Empty where there is none');
    table.text('message').notNullable();
    table.string('since').notNullable().comment('When the state began');
    table.string('at').notNullable().comment('When it was read');
    table.string('until').notNullable().comment('How long it counts');
    table.primary(['rollout', 'ring', 'gate']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('gate_readings');
};
