import { Knex } from 'knex';

/**
 * Reads as everything stood at one moment, without waiting for who writes, nor making him wait.
 *
 * @internal
 */
export async function readConsistently<T>(
  knex: Knex,
  read: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  // SQLite's transactions are so by themselves.
  const isolated = knex.client.config.client === 'pg';
  return knex.transaction(
    read,
    isolated
      ? { isolationLevel: 'repeatable read', readOnly: true }
      : undefined,
  );
}
