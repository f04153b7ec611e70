/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('entities', table => {
    table.comment('The inventory: every entity as it is registered now');
    table.string('ref').primary().comment('Entity reference, in lower case');
    table.string('kind').notNullable();
    table.string('name').notNullable();
    table
      .string('origin')
      .notNullable()
      .comment('Who may change the record: catalog');
    table.text('location').comment('Where it is registered');
    table
      .string('digest', 64)
      .notNullable()
      .comment('Of entity and location, to find what changed');
    table.text('entity', 'longtext').notNullable().comment('JSON');
    table.string('updated_at').notNullable();
    table.unique(['kind', 'name']);
  });

  await knex.schema.createTable('revisions', table => {
    table.comment('Counters that tell replicas when to read again');
    table.string('name').primary();
    table.integer('revision').notNullable();
  });
  await knex('revisions').insert({ name: 'inventory', revision: 0 });

  await knex.schema.createTable('plans', table => {
    table.comment('Plans as they were made; they never change');
    table.increments('sequence').comment('The order in which they were made');
    table.string('id').notNullable().unique();
    table.string('created_at').notNullable();
    table.text('cause').notNullable();
    table.string('change_request').index();
    table.string('main_commit');
    table.integer('inventory_revision').notNullable();
    table.text('totals').notNullable().comment('JSON');
    table.text('effects', 'longtext').notNullable().comment('JSON');
    table.text('problems', 'longtext').notNullable().comment('JSON');
  });

  await knex.schema.createTable('change_requests', table => {
    table.comment('What is proposed to main, one intent each');
    table.string('id').primary();
    table.string('intent').notNullable().index();
    table.text('title').notNullable();
    table.text('description', 'longtext');
    table.string('state').notNullable().index();
    table.string('branch').notNullable();
    table.string('base_commit');
    table.string('head_commit');
    table.string('digest').notNullable();
    table.string('plan_id').index();
    table.text('requested_by');
    table.text('totals').notNullable().comment('JSON');
    table.text('blocked').comment('Why it cannot be merged now');
    table.string('created_at').notNullable();
    table.string('updated_at').notNullable();
    table.string('merged_at');
    table.string('merged_by');
    table.string('merge_commit');
  });

  await knex.schema.createTable('automation_state', table => {
    table.comment('Small facts that the automation remembers');
    table.string('key').primary();
    table.text('value', 'longtext').notNullable().comment('JSON');
    table.string('updated_at').notNullable();
  });

  await knex.schema.createTable('leases', table => {
    table.comment('Who may write, until when, and with which number');
    table.string('name').primary();
    table.string('holder').notNullable();
    table
      .integer('fencing')
      .notNullable()
      .comment('Grows with each holder; a writer with an older one is refused');
    table
      .bigInteger('expires_at')
      .notNullable()
      .comment('Milliseconds since 1970');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('leases');
  await knex.schema.dropTable('automation_state');
  await knex.schema.dropTable('change_requests');
  await knex.schema.dropTable('plans');
  await knex.schema.dropTable('revisions');
  await knex.schema.dropTable('entities');
};
