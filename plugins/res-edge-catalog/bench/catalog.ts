/* eslint-disable no-console */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { InventoryProvider } from '../src/provider/InventoryProvider';
import { InventoryChanges } from '../src/provider/InventoryReader';
import { toCatalogEntity } from '../src/provider/toCatalogEntity';
import { EdgeEntitiesProcessor } from '../src/processor';
import { BenchCatalog } from './fleet/BenchCatalog';
import { clusterRecord } from './fleet/clusterRecord';
import { PlainProcessor, PlainProvider } from './fleet/plainProvider';

/*
 * How long the catalog takes for the clusters that the inventory gives to it: all of them, some that change, some that go.
 * Beside it the same mutations by a provider and a processor that do nothing else: what of it is the catalog's own.
 *
 * CLUSTERS and CHANGES change the size; POSTGRES=<connection string> takes PostgreSQL instead of SQLite; ONLY=ours or
 * ONLY=plain measures one of both.
 */
const CLUSTERS = Number(process.env.CLUSTERS ?? 60_000);
const CHANGES = Number(process.env.CHANGES ?? 1_000);

/** What is measured in the same way for both. */
interface Subject {
  readonly name: string;
  /** A catalog with nothing in it. */
  start(folder: string): Promise<BenchCatalog>;
  all(): Promise<void>;
  change(label: string): Promise<void>;
  remove(): Promise<void>;
}

function ours(): Subject {
  const pending: InventoryChanges[] = [];
  const provider = InventoryProvider.create({
    reader: {
      readAll: async () => ({
        revision: 1,
        records: range(CLUSTERS).map(index => clusterRecord(index, 'first')),
        deleted: [],
      }),
      changesSince: async () => pending.shift(),
    },
    logger: BenchCatalog.logger,
  });
  return {
    name: 'our provider and processor',
    start: folder =>
      BenchCatalog.start(folder, provider, EdgeEntitiesProcessor.create),
    all: () => provider.refresh(),
    async change(label) {
      const records = range(CHANGES).map(index => clusterRecord(index, label));
      pending.push({ revision: 2, records, deleted: [] });
      await provider.refresh();
    },
    async remove() {
      const deleted = range(CHANGES).map(index => ({
        kind: 'EdgeCluster' as const,
        name: clusterRecord(index, '').entity.metadata.name,
      }));
      pending.push({ revision: 3, records: [], deleted });
      await provider.refresh();
    },
  };
}

function plain(): Subject {
  const provider = PlainProvider.create();
  const entities = (count: number, label: string) =>
    range(count).map(index => toCatalogEntity(clusterRecord(index, label)));
  return {
    name: 'the catalog alone',
    start: folder =>
      BenchCatalog.start(folder, provider, () => new PlainProcessor()),
    all: () => provider.full(entities(CLUSTERS, 'first')),
    change: label => provider.delta(entities(CHANGES, label), []),
    remove: () => provider.delta([], entities(CHANGES, '')),
  };
}

async function measure(subject: Subject): Promise<void> {
  console.log(`\n${subject.name}, ${CLUSTERS} clusters`);
  const folder = fs.mkdtempSync(
    path.join(os.tmpdir(), 'res-edge-catalog-bench-'),
  );
  const catalog = await subject.start(folder);
  try {
    await catalog.timed('mutation of all', () => subject.all());
    await catalog.timed('until the catalog serves all', () =>
      catalog.waitForEntities(CLUSTERS),
    );
    console.log(`  database: ${await catalog.size()}`);
    await catalog.timed('all once more, nothing changed', () => subject.all());
    await catalog.timed(`mutation of ${CHANGES} changes`, () =>
      subject.change('second'),
    );
    await catalog.timed('until the catalog serves them', () =>
      catalog.waitForLabel('second', CHANGES),
    );
    await catalog.timed(`mutation of ${CHANGES} deletions`, () =>
      subject.remove(),
    );
    await catalog.timed('until they are gone', () =>
      catalog.waitForEntities(CLUSTERS - CHANGES),
    );
  } finally {
    await catalog.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

async function main() {
  const only = process.env.ONLY;
  if (only !== 'plain') await measure(ours());
  if (only !== 'ours') await measure(plain());
  process.exit(0);
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
