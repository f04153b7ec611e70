/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const { revision } = await knex('revisions')
    .where({ name: 'inventory' })
    .first();

  await knex.schema.alterTable('entities', table => {
    table
      .integer('revision')
      .notNullable()
      .defaultTo(revision)
      .index()
      .comment('Of the inventory, when the record was last written');
    table.string('created_at').notNullable().defaultTo('');
    table
      .text('also_at')
      .comment('JSON: the other origins that register the same name');
  });
  await knex('entities').update({ created_at: knex.ref('updated_at') });

  await knex.schema.createTable('changes', table => {
    table.comment('Every change, append-only: the audit log and the feed');
    table.increments('sequence').comment('The order of the changes');
    table
      .integer('revision')
      .index()
      .comment('Of the inventory; none for what is not of the inventory');
    table.string('at').notNullable().index();
    table.string('actor').notNullable().index();
    table.string('request').comment('Id of the request');
    table.string('operation').notNullable();
    table.string('origin').comment('Who owns the record');
    table.string('kind').notNullable();
    table.string('name').notNullable();
    table.string('action').notNullable().comment('created, updated, deleted');
    table.text('before', 'longtext').comment('JSON; none where it is new');
    table.text('after', 'longtext').comment('JSON; none where it is gone');
    table.index(['kind', 'name']);
  });
  // Changes up to this revision are not in the table: whoever asks for them has to read everything.
  await knex('revisions').insert({ name: 'changes', revision });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex('revisions').where({ name: 'changes' }).delete();
  await knex.schema.dropTable('changes');
  await knex.schema.alterTable('entities', table => {
    table.dropIndex('revision');
    table.dropColumn('revision');
    table.dropColumn('created_at');
    table.dropColumn('also_at');
  });
};
