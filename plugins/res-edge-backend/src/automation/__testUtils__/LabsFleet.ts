import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { Notifier } from '../../notifications';
import { RolloutReports } from '../createRolloutWorld';
import { LabsFolder } from './LabsFolder';
import { TestFleet } from './TestFleet';

/** A copy of the demo fleet, to be changed, with its automation; all of it is merged directly. */
export class LabsFleet {
  readonly remove = () => this.folder.remove();
  readonly write = (file: string, text: string) =>
    this.folder.write(file, text);
  readonly edit = (file: string, change: (text: string) => string) =>
    this.folder.edit(file, change);

  private constructor(
    readonly fleet: TestFleet,
    private readonly folder: LabsFolder,
  ) {}

  /** What is registered. */
  get yamlFolder(): string {
    return this.folder.yamlFolder;
  }

  get knex(): Knex {
    return this.folder.knex;
  }

  get gitFolder(): string {
    return this.folder.gitFolder;
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
    const folder = await LabsFolder.create(databases);
    const fleet = await folder.open({
      ...{ now, reports, notifier, direct: ['*'] },
    });
    return new LabsFleet(fleet, folder);
  }
}
