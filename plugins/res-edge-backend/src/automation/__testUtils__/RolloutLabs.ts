import { TestDatabases } from '@backstage/backend-test-utils';
import {
  ApplicationReport,
  RolloutCommand,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { SEES_EVERYTHING } from '../../__testUtils__';
import { Message } from '../../notifications';
import { VisibleFleet } from '../../permissions';
import { shownRings } from '../../service/queries';
import { RolloutReports } from '../createRolloutWorld';
import { LabsFleet } from './LabsFleet';
import { numberedBy } from './numberedBy';
import { TestFleet } from './TestFleet';

/** Clusters of the first two rings; all others are in the third. */
export const BETA = ['central-tx-atx-2301', 'central-tx-atx-2302'];
export const PILOT = [
  'west-wa-sea-2301',
  'west-wa-sea-2302',
  'west-wa-sea-2303',
];
export const HOUR = 3_600_000;

const RINGS = `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: store-rings }
spec:
  type: rollout
  rings:
    - { name: beta, clusters: { include: [${BETA}] }, atOnce: 2, failure: 0, soak: 2h }
    - { name: pilot, clusters: { include: [${PILOT}] }, atOnce: 1 }
    - { name: prod, clusters: { all: true }, atOnce: 50% }
  onFailure: rollBack
`;

/** The demo fleet with an application that goes through rings, a clock to be moved, and clusters that report what they are told to. */
export class RolloutLabs {
  now = Date.parse('2026-11-25T08:00Z');
  isHeard = true;
  /** What people heard of rollouts. */
  readonly told: Message[] = [];
  private readonly said = new Map<string, ApplicationReport>();
  private readonly reports: RolloutReports;
  private labs!: LabsFleet;

  private constructor(private readonly application: string) {
    const isHeard = () => this.isHeard;
    this.reports = {
      get isHeard() {
        return isHeard();
      },
      freshness: () => 'fresh',
      report: (cluster, name) => this.said.get(`${name} ${cluster}`),
      numbered(snapshot) {
        return this.isHeard ? numberedBy(this, snapshot) : undefined;
      },
    };
  }

  static async create(
    databases: TestDatabases,
    application = 'imdb',
  ): Promise<RolloutLabs> {
    const rings = new RolloutLabs(application);
    rings.labs = await LabsFleet.create(
      databases,
      () => new Date(rings.now),
      rings.reports,
      { tell: async message => void rings.told.push(message) },
    );
    await rings.fleet.sync();
    await rings.write('rings.yaml', RINGS);
    await rings.follow(application);
    await rings.fleet.sync();
    rings.report('healthy');
    return rings;
  }

  get fleet(): TestFleet {
    return this.labs.fleet;
  }

  get folder(): string {
    return this.labs.yamlFolder;
  }

  readonly remove = () => this.labs.remove();
  readonly write = (file: string, text: string) => this.labs.write(file, text);
  readonly edit = (file: string, change: (text: string) => string) =>
    this.labs.edit(file, change);

  /** Lets an application go through the rings. */
  async follow(application: string): Promise<void> {
    await this.edit('applications.yaml', text =>
      text.replace(
        new RegExp(`(name: ${application}\\n[^]*?)( +)(version: )`),
        '$1$2rollout: store-rings\n$2$3',
      ),
    );
  }

  /** Registers a version, without a run. */
  async register(version: string, application = this.application) {
    await this.edit('applications.yaml', text =>
      text.replace(
        new RegExp(`(name: ${application}\\n[^]*?version: )\\S+`),
        `$1${version}`,
      ),
    );
  }

  readonly release = async (version: string): Promise<void> => {
    await this.register(version);
    await this.fleet.sync();
  };

  /** What each cluster's bill names. */
  readonly entries = (application = this.application) => [
    ...this.fleet.automation.view()!.delivered.entries(application),
  ];

  /** All clusters say that of what they have. */
  readonly report = (
    condition: ApplicationReport['condition'],
    application = this.application,
  ): void => {
    for (const [cluster, { revision }] of this.entries(application))
      this.said.set(`${application} ${cluster}`, {
        ...{ revision, condition, at: this.now },
      });
  };

  readonly having = (version: string, application = this.application) =>
    this.entries(application)
      .filter(([, entry]) => entry.version === version)
      .map(([cluster]) => cluster)
      .sort();

  readonly run = async (hours = 0): Promise<void> => {
    this.now += hours * HOUR;
    await this.fleet.automation.run('clock');
  };

  readonly latest = async (application = this.application) =>
    (await this.fleet.stores.rollouts.latest()).find(
      ({ rollout }) => rollout.application === application,
    )!;

  /** The rings as the API shows them. */
  readonly shown = async (subject = this.application) => {
    const { automation } = this.fleet;
    const view = automation.view()!;
    return shownRings(
      VisibleFleet.of(view, SEES_EVERYTHING),
      this.reports,
      (await this.latest(subject)).rollout,
      await automation.contentWorld(view, subject),
    );
  };

  readonly moves = async (application = this.application) =>
    (
      await this.fleet.stores.rollouts.moves(
        (
          await this.latest(application)
        ).id,
      )
    ).map(({ ring = 'all', from, to }) => `${ring}: ${from} > ${to}`);

  readonly command = async (
    what: RolloutCommand,
    subject = this.application,
  ): Promise<void> =>
    this.fleet.automation.commandRollout((await this.latest(subject)).id, {
      ...{ command: what, actor: 'user:default/ada', reason: 'We look' },
    });
}
