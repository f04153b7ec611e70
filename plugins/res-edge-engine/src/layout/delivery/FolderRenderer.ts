import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
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
  heldBack,
  heldHere,
  isHeldWhole,
  placeOnMain,
} from './heldHere';
import { objectConflicts, ObjectConflict } from './objectConflicts';
import { WantedRevisions, WantedTree } from './WantedTree';

/** What is wrong with one cluster's folder. @internal */
export interface FolderProblems {
  /** What it does not get, by entity reference. */
  readonly missing: readonly { entity: string; reason: string }[];
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
    if (held && mayStay && isHeldWhole(held, here, delivered?.bill)) {
      return { cluster: name, held: back, leaving: false };
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
        problems:
          problems.length === 0 ? undefined : { missing: [], values: problems },
        leaving: false,
      };
    }
    const missing: { entity: string; reason: string }[] = [];
    const { conflicts } = this;
    const placeOf = (entry: BillEntry) => placeOnMain(decisions, entry);
    const composed = composeCluster(
      {
        ...{ name, engine, draining, ...here, values, delivered, held },
        ...{ conflicts, broken, now, placeOf },
        removedAt: removedAt && (application => removedAt(name, application)),
      },
      (reference, reason) => missing.push({ entity: reference, reason }),
    );
    const fine = missing.length + resolved.problems.length === 0;
    const { keptLines, heldValues, revisions } = composed;
    return {
      cluster: name,
      content: {
        bill: billOf(composed.content),
        text: billText(composed.content),
        values: valuesText(name, values, keptLines, heldValues),
        revisions,
      },
      problems: fine ? undefined : { missing, values: resolved.problems },
      held: back,
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
