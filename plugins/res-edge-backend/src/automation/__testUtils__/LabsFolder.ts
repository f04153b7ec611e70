import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import assert from 'node:assert';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { migrationsFolder } from '../../database/openDatabase';
import { createTestFleet, TestFleet } from './TestFleet';

const LABS = path.resolve(__dirname, '../../../../../examples/labs');

type FleetOptions = Parameters<typeof createTestFleet>[0];

/** A copy of the demo fleet, to be changed, with a database, for the automations of one or more replicas. */
export class LabsFolder {
  private constructor(private readonly folder: string, readonly knex: Knex) {}

  static async create(
    databases: TestDatabases,
    databaseId: TestDatabaseId = 'SQLITE_3',
  ): Promise<LabsFolder> {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-labs-'));
    await fs.cp(LABS, path.join(folder, 'labs'), { recursive: true });
    const knex = await databases.init(databaseId);
    await knex.migrate.latest({ directory: migrationsFolder });
    return new LabsFolder(folder, knex);
  }

  /** What is registered. */
  get yamlFolder(): string {
    return path.join(this.folder, 'labs');
  }

  get gitFolder(): string {
    return path.join(this.folder, 'gitops.git');
  }

  /**
   * An automation over it, as of a replica.
   *
   * @param options - `copy`: its folder of Git, where it is not that of the others
   */
  open({
    copy,
    ...options
  }: Partial<FleetOptions> & { copy?: string } = {}): Promise<TestFleet> {
    return createTestFleet({
      ...{ knex: this.knex, yamlFolder: this.yamlFolder },
      gitFolder:
        copy === undefined ? this.gitFolder : path.join(this.folder, copy),
      ...options,
    });
  }

  readonly remove = () => fs.rm(this.folder, { recursive: true, force: true });

  /** Writes a file of YAML beside the others. */
  readonly write = (file: string, text: string): Promise<void> =>
    fs.writeFile(path.join(this.yamlFolder, file), text);

  /** Changes a file; one that stays the same is a mistake of the test. */
  readonly edit = async (
    file: string,
    change: (text: string) => string,
  ): Promise<void> => {
    const text = await fs.readFile(path.join(this.yamlFolder, file), 'utf8');
    assert.notStrictEqual(change(text), text);
    await this.write(file, change(text));
  };

  /** Replaces the first of a text. */
  readonly replace = (file: string, from: string, to: string): Promise<void> =>
    this.edit(file, text => text.replace(from, () => to));
}
