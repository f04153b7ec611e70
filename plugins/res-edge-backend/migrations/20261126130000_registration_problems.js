/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('registration_problems', table => {
    table.comment('What is registered somewhere and has no effect, or not all');
    table.increments('id');
    table.string('source').notNullable().index().comment('Who found it');
    table.string('entity').notNullable().comment('Entity reference');
    table.text('field').notNullable();
    table.text('message', 'longtext').notNullable();
    table.string('at').notNullable().comment('When it was last found');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('registration_problems');
};
