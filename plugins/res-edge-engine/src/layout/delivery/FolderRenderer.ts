import {
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bill,
  BillEntry,
  DeliveredCluster,
  DeliveredShard,
  GitOpsEngine,
  Holds,
} from '../../model';
import { ClusterValues, resolveClusterValues } from '../../values';
import { Revision } from '../revision/Revision';
import { BillContent, billText } from './bill';
import { composeCluster } from './ClusterComposer';
import { clusterValues, valuesText } from './clusterValues';
import type { DeliveryInput } from './DeliveryInput';
import { EngineClusters } from './EngineClusters';
import { FleetRevisions } from './FleetRevisions';
import { FolderClass } from './FolderClass';
import {
  HeldBack,
  HeldHere,
  heldBack,
  heldHere,
  isHeldWhole,
  placeOnMain,
} from './heldHere';
import {
  deliveredGroupReleases,
  GroupReleases,
  RollingGroup,
  rollingGroups,
} from './groupReleases';
import { objectConflicts, ObjectConflict } from './objectConflicts';
import { valuesBehindGroups } from './valuesBehindGroups';
import { WantedRevisions, WantedTree } from './WantedTree';

/** What a cluster does not get, by entity reference. @internal */
export interface Missing {
  readonly entity: string;
  readonly reason: string;
}

/** What is wrong with one cluster's folder. @internal */
export interface FolderProblems {
  readonly missing: readonly Missing[];
  readonly values: readonly Problem[];
}

/** The files of one cluster's folder. @internal */
export interface FolderContent {
  readonly bill: Bill;
  readonly text: string;
  readonly values: string;
  readonly revisions: readonly Revision[];
}

/** One cluster's folder, as it shall be. @internal */
export interface RenderedFolder {
  readonly cluster: string;
  /** Left out where it stays as it is. */
  readonly content?: FolderContent;
  readonly problems?: FolderProblems;
  readonly held?: HeldBack;
  /** What the plan wants there and cannot be made, whatever is held; left out where there is nothing. */
  readonly undeliverable?: HeldBack;
  readonly leaving: boolean;
}

const NONE_BROKEN: ReadonlyMap<string, string> = new Map();
const NOTHING: WantedRevisions = {
  namespaces: [],
  applications: [],
  groups: [],
};

/** Renders folders of clusters of one plan. @internal */
export class FolderRenderer {
  readonly #classes = {
    flux: new WeakMap<WantedRevisions, FolderClass>(),
    argocd: new WeakMap<WantedRevisions, FolderClass>(),
  };

  private constructor(
    private readonly input: DeliveryInput,
    private readonly wanted: WantedTree,
    private readonly conflicts: readonly ObjectConflict[],
    private readonly engines: EngineClusters,
    private readonly drainingHolds: Holds | undefined,
    private readonly rolling: readonly RollingGroup[],
  ) {}

  /** `drainingHolds`: what is held on draining clusters, for whatever reason. */
  static create(
    input: DeliveryInput,
    revisions: FleetRevisions,
    engines: EngineClusters,
    drainingHolds: Holds | undefined,
  ): FolderRenderer {
    const conflicts = objectConflicts(revisions.applications);
    const wanted = WantedTree.create(revisions);
    const rolling = rollingGroups(input.decisions, input.plan.snapshot);
    return new FolderRenderer(
      ...[input, wanted, conflicts, engines, drainingHolds, rolling],
    );
  }

  /** The folders of these clusters, one after the other. */
  *render(
    numbers: readonly number[],
    delivered: DeliveredShard | undefined,
  ): Generator<RenderedFolder> {
    const wanted = this.wanted.of(numbers);
    for (const [index, number] of numbers.entries()) {
      yield this.folder(number, wanted[index], delivered);
    }
  }

  private folder(
    number: number,
    wanted: WantedRevisions,
    shard: DeliveredShard | undefined,
  ): RenderedFolder {
    const { plan, decisions, now, broken = NONE_BROKEN } = this.input;
    const { removedAt } = this.input;
    const entity = plan.snapshot.clusters[number];
    const { name } = entity.metadata;
    // A retired cluster's bill becomes empty, so that what runs there goes; its folder goes with its registration.
    const retired = entity.spec.state === 'retired';
    const here = retired ? NOTHING : wanted;
    const engine = this.engines.of(number);
    const there = shard?.clusters.get(name);
    // Another engine knows nothing of what the one before applied, so that nothing leaves in steps.
    const changes = there && (there.bill.engine ?? 'flux') !== engine;
    const delivered = changes ? undefined : there;
    const draining = entity.spec.state === 'draining';
    const holds = draining ? this.drainingHolds : this.input.holds;
    const held = retired ? undefined : heldHere(holds, number);
    const back = held && heldBack(held, here, there?.bill);
    // It changes as a whole, or not yet.
    if (held && changes) return { cluster: name, held: back, leaving: false };
    // A draining cluster without a folder gets an empty bill, so that there is something to build.
    const mayStay = delivered !== undefined || !draining;
    const staysWhole =
      held !== undefined && mayStay && isHeldWhole(held, here, delivered?.bill);
    const groupsWait = (held?.groups.size ?? 0) > 0;
    if (staysWhole && (draining || !(back || groupsWait))) {
      const undeliverable = undeliverableOf(here, []);
      return { cluster: name, held: back, undeliverable, leaving: false };
    }
    const folderClass = this.classOf(here, engine);
    const { snapshot } = plan;
    const newest = () => resolveClusterValues(snapshot, decisions, number);
    const resolved = held?.groups.size
      ? valuesBehindGroups({
          ...{ snapshot, decisions, cluster: number },
          ...{ waiting: held.groups, delivered: delivered?.values },
        })
      : newest();
    const valuesOf = ({ values: found }: ClusterValues) =>
      clusterValues(entity, found, folderClass.clusterKeys.keys());
    const values = valuesOf(resolved);
    const plain = held ? undefined : folderClass.plainFor(values, delivered);
    if (plain) {
      const { problems } = resolved;
      return {
        cluster: name,
        content: {
          bill: billOf({ cluster: name, ...plain.content }),
          text: plain.text(name),
          values: valuesText(
            ...[name, values, undefined, false, this.releasesOn(number)],
          ),
          revisions: plain.revisions,
        },
        problems: problemsOf([], problems),
        leaving: false,
      };
    }
    const { conflicts } = this;
    const placeOf = (entry: BillEntry) => placeOnMain(decisions, entry);
    const compose = (hold: HeldHere | undefined, its = values) => {
      const missing: Missing[] = [];
      const composed = composeCluster(
        {
          ...{ name, engine, draining, ...here, delivered, held: hold },
          ...{ values: its },
          ...{ conflicts, broken, now, placeOf },
          removedAt: removedAt && (application => removedAt(name, application)),
        },
        (reference, reason) => missing.push({ entity: reference, reason }),
      );
      return { composed, missing };
    };
    // Whether what waits could come is known before its turn: else it would take the turn of another cluster.
    const then = groupsWait ? valuesOf(newest()) : values;
    const isFree =
      !(back || groupsWait) ||
      draining ||
      folderClass.plainFor(then, delivered) !== undefined;
    const free = isFree ? undefined : compose(undefined, then);
    const waits = new Set([
      ...(back?.applications ?? []).map(refOf),
      ...[...(held?.groups ?? [])].map(groupRefOf),
    ]);
    const later = (free?.missing ?? []).filter(one => waits.has(one.entity));
    const laterGroups = free?.composed.missingGroups ?? new Set();
    if (staysWhole) {
      return {
        cluster: name,
        ...{ held: back, leaving: false },
        undeliverable: undeliverableOf(here, later, laterGroups),
        problems: problemsOf(later, []),
      };
    }
    const { composed, missing } = compose(held);
    const { keptLines, heldValues, missingGroups, revisions } = composed;
    const stays = (group: string) =>
      heldValues || held?.groups.has(group) || missingGroups.has(group);
    const releases = this.releasesOn(number, delivered, stays);
    const all = [...missing, ...later];
    return {
      cluster: name,
      content: {
        bill: billOf(composed.content),
        text: billText(composed.content),
        values: valuesText(name, values, keptLines, heldValues, releases),
        revisions,
      },
      problems: problemsOf(all, resolved.problems),
      held: back,
      undeliverable: retired
        ? undefined
        : undeliverableOf(
            here,
            all,
            new Set([...laterGroups, ...missingGroups]),
          ),
      leaving: composed.leaving,
    };
  }

  /** Of which releases of groups a cluster gets the values and components; of those that stay it keeps what it has. */
  private releasesOn(
    cluster: number,
    delivered?: DeliveredCluster,
    stays: (group: string) => boolean | undefined = () => false,
  ): GroupReleases {
    const releases = new Map<string, string>();
    if (this.rolling.length === 0) return releases;
    const before = delivered && deliveredGroupReleases(delivered.values);
    for (const { name, digest, clusters } of this.rolling) {
      if (!clusters.has(cluster)) continue;
      const release = before && stays(name) ? before.get(name) : digest;
      if (release !== undefined) releases.set(name, release);
    }
    return releases;
  }

  private classOf(wanted: WantedRevisions, engine: GitOpsEngine): FolderClass {
    const known = this.#classes[engine].get(wanted);
    if (known) return known;
    const { input, conflicts } = this;
    const created = FolderClass.create(wanted, engine, input, conflicts);
    this.#classes[engine].set(wanted, created);
    return created;
  }
}

function billOf({ addons, waves, ...bill }: BillContent): Bill {
  return bill;
}

function problemsOf(
  missing: readonly Missing[],
  values: readonly Problem[],
): FolderProblems | undefined {
  return missing.length + values.length === 0 ? undefined : { missing, values };
}

/** What cannot be made at all, or not for this cluster. */
function undeliverableOf(
  { applications, namespaces }: WantedRevisions,
  missing: readonly Missing[],
  groups: ReadonlySet<string> = new Set(),
): HeldBack | undefined {
  const refs = new Set(missing.map(({ entity }) => entity));
  const unmade = {
    applications: applications
      .filter(({ name, revision }) => !revision || refs.has(refOf(name)))
      .map(({ name }) => name),
    namespaces: namespaces
      .filter(({ revision }) => !revision)
      .map(({ name }) => name),
    groups: [...groups],
  };
  return Object.values(unmade).every(names => names.length === 0)
    ? undefined
    : unmade;
}

function refOf(application: string): string {
  return entityRefOf('EdgeApplication', application);
}

function groupRefOf(group: string): string {
  return entityRefOf('EdgeGroup', group);
}
