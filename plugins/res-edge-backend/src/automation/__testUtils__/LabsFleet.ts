import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import assert from 'node:assert';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { migrationsFolder } from '../../database/openDatabase';
import { Notifier } from '../../notifications';
import { RolloutReports } from '../createRolloutWorld';
import { createTestFleet, TestFleet } from './TestFleet';

const LABS = path.resolve(__dirname, '../../../../../examples/labs');

/** A copy of the demo fleet, to be changed, with its automation; all of it is merged directly. */
export class LabsFleet {
  private constructor(
    readonly fleet: TestFleet,
    private readonly folder: string,
    readonly knex: Knex,
  ) {}

  /** What is registered. */
  get yamlFolder(): string {
    return path.join(this.folder, 'labs');
  }

  get gitFolder(): string {
    return path.join(this.folder, 'gitops.git');
  }

  /**
   * @param now - the clock of deliveries
   * @param reports - what clusters report
   * @param notifier - hears what people are told of rollouts
   */
  static async create(
    databases: TestDatabases,
    now?: () => Date,
    reports?: RolloutReports,
    notifier?: Notifier,
  ): Promise<LabsFleet> {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-labs-'));
    const yamlFolder = path.join(folder, 'labs');
    await fs.cp(LABS, yamlFolder, { recursive: true });
    const knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    const fleet = await createTestFleet({
      ...{ knex, yamlFolder, now, reports, notifier, direct: ['*'] },
      gitFolder: path.join(folder, 'gitops.git'),
    });
    return new LabsFleet(fleet, folder, knex);
  }

  async remove(): Promise<void> {
    await fs.rm(this.folder, { recursive: true, force: true });
  }

  /** Writes a file of YAML beside the others. */
  async write(file: string, text: string): Promise<void> {
    await fs.writeFile(path.join(this.yamlFolder, file), text);
  }

  /** Changes a file; one that stays the same is a mistake of the test. */
  async edit(file: string, change: (text: string) => string): Promise<void> {
    const name = path.join(this.yamlFolder, file);
    const text = await fs.readFile(name, 'utf8');
    assert.notStrictEqual(change(text), text);
    await fs.writeFile(name, change(text));
  }
}
