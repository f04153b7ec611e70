import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { Bill, BillEntry, DeliveredShard } from '../../model';
import { resolveClusterValues } from '../../values';
import { byCodeUnit } from '../format/digest';
import { Revision } from '../revision/Revision';
import { billText } from './bill';
import { composeCluster, ComposedCluster } from './ClusterComposer';
import { clusterValues, valuesText } from './clusterValues';
import type { DeliveryInput } from './DeliveryInput';
import {
  FleetRevisions,
  PlacedApplication,
  PlacedGroup,
  PlacedRevision,
} from './FleetRevisions';
import {
  HeldBack,
  heldBack,
  heldHere,
  isHeldWhole,
  placeOnMain,
} from './heldHere';
import { objectConflicts, ObjectConflict } from './objectConflicts';

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

interface WantedHere {
  readonly namespaces: PlacedRevision[];
  readonly applications: PlacedApplication[];
  readonly groups: PlacedGroup[];
}

const NONE_BROKEN: ReadonlyMap<string, string> = new Map();
const NOTHING: WantedHere = { namespaces: [], applications: [], groups: [] };

/** Renders folders of clusters of one plan. @internal */
export class FolderRenderer {
  private constructor(
    private readonly input: DeliveryInput,
    private readonly revisions: FleetRevisions,
    private readonly conflicts: readonly ObjectConflict[],
    /** The keys of labels and attributes that something reads. */
    private readonly factKeys: readonly string[],
  ) {}

  static create(
    input: DeliveryInput,
    revisions: FleetRevisions,
  ): FolderRenderer {
    const keys = new Set(
      revisions.applications.flatMap(({ revision }) => [
        ...(revision?.clusterKeys.keys() ?? []),
      ]),
    );
    return new FolderRenderer(
      input,
      revisions,
      objectConflicts(revisions.applications),
      [...keys].filter(key => key.includes('.')).sort(byCodeUnit),
    );
  }

  /** The folders of these clusters, one after the other. */
  *render(
    numbers: readonly number[],
    delivered: DeliveredShard | undefined,
  ): Generator<RenderedFolder> {
    const wanted = this.wantedBy(numbers);
    for (const [index, number] of numbers.entries()) {
      yield this.folder(number, wanted[index], delivered);
    }
  }

  private folder(
    number: number,
    wanted: WantedHere,
    shard: DeliveredShard | undefined,
  ): RenderedFolder {
    const { plan, decisions, now, broken = NONE_BROKEN } = this.input;
    const entity = plan.snapshot.clusters[number];
    const { name } = entity.metadata;
    // A retired cluster's bill becomes empty, so that what runs there goes; its folder goes with its registration.
    const retired = entity.spec.state === 'retired';
    const here = retired ? NOTHING : wanted;
    const delivered = shard?.clusters.get(name);
    const held = retired ? undefined : heldHere(this.input.holds, number);
    const back = held && heldBack(held, here, delivered?.bill);
    if (held && isHeldWhole(held, here, delivered?.bill)) {
      return { cluster: name, held: back, leaving: false };
    }
    const facts = this.factKeys.filter(key =>
      here.applications.some(({ revision }) => revision?.clusterKeys.has(key)),
    );
    const resolved = resolveClusterValues(plan.snapshot, decisions, number);
    const values = clusterValues(entity, resolved.values, facts);
    const missing: { entity: string; reason: string }[] = [];
    const { conflicts } = this;
    const placeOf = (entry: BillEntry) => placeOnMain(decisions, entry);
    const composed = composeCluster(
      {
        ...{ entity, ...here, values, delivered, held },
        ...{ conflicts, broken, now, placeOf },
      },
      (reference, reason) => missing.push({ entity: reference, reason }),
    );
    const fine = missing.length + resolved.problems.length === 0;
    const { keptLines, heldValues, revisions } = composed;
    return {
      cluster: name,
      content: {
        bill: billOf(composed),
        text: billText(composed.content),
        values: valuesText(name, values, keptLines, heldValues),
        revisions,
      },
      problems: fine ? undefined : { missing, values: resolved.problems },
      held: back,
      leaving: composed.leaving,
    };
  }

  /** Turns sets of clusters into lists for each cluster, in the order of the revisions. */
  private wantedBy(numbers: readonly number[]): WantedHere[] {
    const wanted = numbers.map(
      (): WantedHere => ({ namespaces: [], applications: [], groups: [] }),
    );
    const list = <T extends PlacedRevision>(
      all: readonly T[],
      of: (here: WantedHere) => T[],
    ) => {
      for (const placed of all) {
        for (let index = 0; index < numbers.length; index++) {
          if (placed.clusters.has(numbers[index])) {
            of(wanted[index]).push(placed);
          }
        }
      }
    };
    list(this.revisions.namespaces, here => here.namespaces);
    list(this.revisions.applications, here => here.applications);
    list(this.revisions.groups, here => here.groups);
    return wanted;
  }
}

function billOf({ content }: ComposedCluster): Bill {
  const { addons, ...bill } = content;
  return bill;
}
