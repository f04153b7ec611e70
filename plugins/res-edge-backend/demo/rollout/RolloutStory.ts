import {
  EdgePolicyEntity,
  PolicySpec,
} from '@res-edge/backstage-plugin-res-edge-common';
import { RolloutMove } from '@res-edge/backstage-plugin-res-edge-engine';
import { approvableOf } from '../../src/automation/ApprovableDecision';
import { StoredRollout } from '../../src/database';
import { DemoFleet } from './DemoFleet';
import { FleetWatch } from './FleetWatch';
import { policies } from './policies';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** How far the clock goes on between two runs of the automation. */
const STEP = 10 * MINUTE;
/** What has not happened by then does not happen any more. */
const PATIENCE = 6 * 24 * HOUR;

/** The application that is released, and what of it. */
export const APPLICATION = 'sale-service';
export const BAD = '1.5.0';
export const GOOD = '1.5.1';
/** Where nothing may change for two days, and the part of it for which people lift that. */
export const FROZEN = 'geo.us.west';
export const LIFTED = 'geo.us.west.wa';
/** Versions that do not run on a share of the stores. */
export const FAILURES: ReadonlyMap<string, number> = new Map([
  [`${APPLICATION}@${BAD}`, 0.3],
]);
/** Morning in New York. */
export const START = Date.parse('2026-11-16T14:00:00Z');

/**
 * Some days of a fleet: a bad release that its first ring stops and takes back, then a good one that comes to all stores as they
 * close, but for a region that is frozen, and of that a state for which people lift the freeze.
 */
export class RolloutStory {
  readonly happened: { readonly at: Date; readonly text: string }[] = [];
  readonly watch: FleetWatch;

  private constructor(
    readonly demo: DemoFleet,
    private readonly tell: (text: string) => void,
  ) {
    this.watch = FleetWatch.create(demo, APPLICATION);
  }

  static create(demo: DemoFleet, tell: (text: string) => void): RolloutStory {
    return new RolloutStory(demo, tell);
  }

  async play(): Promise<void> {
    await this.begin();
    await this.release(BAD);
    await this.until(
      'it is rolled back',
      rollout => rollout.phase === 'rolled-back',
    );
    await this.release(GOOD);
    await this.until(
      'the second ring soaks',
      ({ rings }) => rings[1].phase === 'soaking',
    );
    await this.freeze();
    await this.steps(26 * HOUR);
    await this.override();
    await this.until('it is done', rollout => rollout.phase === 'done');
    await this.until('all stores have it', () => this.isEverywhere());
  }

  /** All that happened to the rollouts, oldest first. */
  async moves(): Promise<(RolloutMove & { version: string })[]> {
    const all: (RolloutMove & { version: string })[] = [];
    for (const { id, rollout } of this.#rollouts.values())
      for (const move of await this.demo.fleet.stores.rollouts.moves(id))
        all.push({ ...move, version: rollout.version });
    return all;
  }

  readonly #rollouts = new Map<string, StoredRollout>();

  /** Also where it was frozen while the rollout came to its end; draining stores keep what they have. */
  private isEverywhere(): boolean {
    const told = this.watch.having();
    return this.demo.clusters.every(
      ({ metadata: { name }, spec }) =>
        spec.state === 'draining' || (told.get(name) ?? GOOD) === GOOD,
    );
  }

  private async begin() {
    await this.demo.register(() => {});
    this.watch.look();
    this.note(
      `${APPLICATION} runs on ${this.watch.having().size} of ${
        this.demo.clusters.length
      } stores`,
    );
    await this.steps(HOUR);
    // Before that a first release would go to the first ring alone.
    await this.demo.register(retail => {
      retail.policies.push(...policies());
      const { spec } = retail.applications.find(
        ({ metadata }) => metadata.name === APPLICATION,
      )!;
      spec.rollout = 'store-rings';
      retail.namespaces.find(
        ({ metadata }) => metadata.name === spec.namespace,
      )!.spec.policies = ['closed-or-night'];
    });
    await this.steps(STEP);
  }

  private async release(version: string) {
    await this.demo.register(retail => {
      const { spec } = retail.applications.find(
        ({ metadata }) => metadata.name === APPLICATION,
      )!;
      spec.version = version;
      spec.values = {
        ...spec.values,
        image: `registry.example.com/retail/${APPLICATION}:${version}`,
      };
    });
    this.note(`${version} is registered`);
  }

  private async freeze() {
    const start = minuteOf(this.demo.now.getTime());
    const end = minuteOf(this.demo.now.getTime() + 48 * HOUR);
    await this.addPolicy('storm', {
      ...{
        type: 'freeze',
        start,
        end,
        reason: 'A storm: nobody could repair a till',
      },
      clusters: { groups: [FROZEN] },
    });
    this.watch.frozen = { from: this.demo.now, until: new Date(end) };
    this.note(`The policy storm freezes ${FROZEN} until ${end}`);
  }

  /** Somebody asks for it, two others sign it, and it is merged. */
  private async override() {
    const { fleet } = this.demo;
    const end = minuteOf(this.demo.now.getTime() + 24 * HOUR);
    await this.addPolicy('no-storm-here', {
      ...{ type: 'override', lifts: ['storm'], end },
      ...{ clusters: { groups: [LIFTED] }, reason: 'The storm went by' },
    });
    const [request] = await fleet.stores.changeRequests.listOpen();
    this.note(`"${request.title}" waits for its approval`);
    for (const name of ['ada', 'bob']) {
      await fleet.approvals.answer(approvableOf(request), {
        actor: `user:default/${name}`,
        identities: [`user:default/${name}`, 'group:default/store-operations'],
        verdict: 'approve',
      });
      this.note(`${name} approves it`);
    }
    await fleet.automation.mergeChangeRequest(
      ...([request.id, request.digest, 'user:default/ann'] as const),
    );
    this.watch.lifted = { from: this.demo.now, until: new Date(end) };
    this.note(`ann merges it: the freeze is lifted for ${LIFTED} until ${end}`);
  }

  private async addPolicy(name: string, spec: PolicySpec) {
    const policy: EdgePolicyEntity = {
      apiVersion: 'res-edge.io/v1alpha1',
      kind: 'EdgePolicy',
      metadata: { name },
      spec: { ...spec, owner: 'group:default/store-operations' },
    };
    await this.demo.register(retail => retail.policies.push(policy));
  }

  private async until(
    what: string,
    isSo: (rollout: StoredRollout['rollout']) => boolean,
  ) {
    const latest = this.demo.now.getTime() + PATIENCE;
    for (;;) {
      await this.steps(STEP);
      const [stored] = await this.demo.fleet.stores.rollouts.latest();
      if (stored) this.#rollouts.set(stored.id, stored);
      if (stored && isSo(stored.rollout)) break;
      if (this.demo.now.getTime() > latest)
        throw new Error(`${what}: not within six days`);
    }
    const [{ rollout }] = await this.demo.fleet.stores.rollouts.latest();
    this.note(`The rollout of ${rollout.version}: ${what}`);
  }

  private async steps(milliseconds: number) {
    for (let passed = 0; passed < milliseconds; passed += STEP) {
      await this.demo.step(STEP);
      this.watch.look();
    }
  }

  private note(text: string) {
    this.happened.push({ at: this.demo.now, text });
    this.tell(`${minuteOf(this.demo.now.getTime())} ${text}`);
  }
}

function minuteOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16)}Z`;
}
