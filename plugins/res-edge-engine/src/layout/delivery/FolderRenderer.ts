import {
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bill,
  BillEntry,
  DeliveredShard,
  GitOpsEngine,
  Holds,
} from '../../model';
import { resolveClusterValues } from '../../values';
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
import { objectConflicts, ObjectConflict } from './objectConflicts';
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
    return new FolderRenderer(input, wanted, conflicts, engines, drainingHolds);
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
    if (staysWhole && (draining || !back)) {
      const undeliverable = undeliverableOf(here, []);
      return { cluster: name, held: back, undeliverable, leaving: false };
    }
    const folderClass = this.classOf(here, engine);
    const resolved = resolveClusterValues(plan.snapshot, decisions, number);
    const values = clusterValues(
      entity,
      resolved.values,
      folderClass.clusterKeys.keys(),
    );
    const plain = held ? undefined : folderClass.plainFor(values, delivered);
    if (plain) {
      const { problems } = resolved;
      return {
        cluster: name,
        content: {
          bill: billOf({ cluster: name, ...plain.content }),
          text: plain.text(name),
          values: valuesText(name, values),
          revisions: plain.revisions,
        },
        problems: problemsOf([], problems),
        leaving: false,
      };
    }
    const { conflicts } = this;
    const placeOf = (entry: BillEntry) => placeOnMain(decisions, entry);
    const compose = (hold: HeldHere | undefined) => {
      const missing: Missing[] = [];
      const composed = composeCluster(
        {
          ...{ name, engine, draining, ...here, values, delivered, held: hold },
          ...{ conflicts, broken, now, placeOf },
          removedAt: removedAt && (application => removedAt(name, application)),
        },
        (reference, reason) => missing.push({ entity: reference, reason }),
      );
      return { composed, missing };
    };
    // Whether what waits could come is known before its turn: else it would take the turn of another cluster.
    const isFree =
      !back ||
      draining ||
      folderClass.plainFor(values, delivered) !== undefined;
    const waiting = isFree ? [] : compose(undefined).missing;
    const waits = new Set(back?.applications.map(refOf));
    const later = waiting.filter(one => waits.has(one.entity));
    if (staysWhole) {
      return {
        cluster: name,
        ...{ held: back, leaving: false },
        undeliverable: undeliverableOf(here, later),
        problems: problemsOf(later, []),
      };
    }
    const { composed, missing } = compose(held);
    const { keptLines, heldValues, revisions } = composed;
    const all = [...missing, ...later];
    return {
      cluster: name,
      content: {
        bill: billOf(composed.content),
        text: billText(composed.content),
        values: valuesText(name, values, keptLines, heldValues),
        revisions,
      },
      problems: problemsOf(all, resolved.problems),
      held: back,
      undeliverable: retired ? undefined : undeliverableOf(here, all),
      leaving: composed.leaving,
    };
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
): HeldBack | undefined {
  const refs = new Set(missing.map(({ entity }) => entity));
  const unmade = {
    applications: applications
      .filter(({ name, revision }) => !revision || refs.has(refOf(name)))
      .map(({ name }) => name),
    namespaces: namespaces
      .filter(({ revision }) => !revision)
      .map(({ name }) => name),
  };
  return unmade.applications.length + unmade.namespaces.length === 0
    ? undefined
    : unmade;
}

function refOf(application: string): string {
  return entityRefOf('EdgeApplication', application);
}
