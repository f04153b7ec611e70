import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../../bitmap';
import { DeliveredCluster, HeldChanges } from '../../model';
import { gitBlobHash } from '../format/digest';
import type { DeliveryInput } from './DeliveryInput';
import { FolderRenderer, RenderedFolder } from './FolderRenderer';
import { HeldReport } from './HeldReport';
import { MissingReport } from './MissingReport';
import { prepareRendering, shardWith } from './prepareRendering';
import { RenderingBasis } from './RenderingBasis';
import { RevisionCache } from './RevisionCache';

/** What a delivery would write more or otherwise than another one: folders of clusters, of revisions, and branches. @public */
export interface DeliveryCounts {
  readonly bills: number;
  readonly values: number;
  /** Each counts once in each shard that has not got it yet. */
  readonly revisions: number;
  readonly shards: number;
}

/** One of two deliveries, ready to be rendered, and what was found in it. */
interface Side {
  readonly input: DeliveryInput;
  readonly basis: RenderingBasis;
  readonly folders: FolderRenderer;
  readonly held: HeldReport;
  readonly missing: MissingReport;
}

/** A folder as it would be. */
interface Folder {
  readonly bill?: string;
  readonly values?: string;
  readonly revisions: ReadonlySet<string>;
}

const NO_FOLDER: Folder = { revisions: new Set() };

/**
 * How two deliveries to the same branches differ. It renders the folders of clusters for which something differs, in both
 * ways, and no others.
 *
 * @public
 */
export class DeliveryComparison {
  readonly #revisions = new Set<string>();
  readonly #shards = new Set<string>();
  #bills = 0;
  #values = 0;

  private constructor(
    private readonly one: Side,
    private readonly other: Side,
    /** By the numbers of the later snapshot. */
    private readonly only: Bitmap | undefined,
    /** Names of clusters that are in the fleet before alone. */
    private readonly gone: readonly string[],
  ) {}

  /** @internal */
  static create(
    before: DeliveryInput,
    after: DeliveryInput,
    cache: RevisionCache,
    only?: { readonly before: Bitmap; readonly after: Bitmap },
  ): DeliveryComparison {
    const [one, other] = cache.during(() =>
      [before, after].map((input): Side => {
        const { revisions, ...prepared } = prepareRendering(input, cache);
        const held = new HeldReport();
        const missing = new MissingReport();
        missing.add(revisions.problems);
        return { input, ...prepared, held, missing };
      }),
    );
    const { snapshot } = before.plan;
    const gone = after.plan.snapshot
      .differenceFrom(snapshot)
      .renumbering.removed.filter(number => only?.before.has(number) ?? true)
      .map(number => snapshot.clusters[number].metadata.name);
    return new DeliveryComparison(one, other, only?.after, gone);
  }

  /** Compares, and gives the name of each cluster that it has looked at: all else is complete when it ends. */
  *run(): Generator<string> {
    const changed = this.other.basis.changedSince(this.one.basis);
    if (this.only) changed.and(this.only);
    const { snapshot } = this.other.input.plan;
    for (const name of [...snapshot.namesOf(changed), ...this.gone]) {
      this.compare(name);
      yield name;
    }
  }

  get counts(): DeliveryCounts {
    return {
      bills: this.#bills,
      values: this.#values,
      revisions: this.#revisions.size,
      shards: this.#shards.size,
    };
  }

  /** What each of them keeps back on the clusters that were compared. */
  get held(): { readonly before: HeldChanges; readonly after: HeldChanges } {
    return {
      before: this.one.held.changes(),
      after: this.other.held.changes(),
    };
  }

  /** What each of them cannot write: of the clusters that were compared, and of revisions. */
  get problems(): {
    readonly before: readonly Problem[];
    readonly after: readonly Problem[];
  } {
    return {
      before: this.one.missing.problems(),
      after: this.other.missing.problems(),
    };
  }

  private compare(cluster: string): void {
    const { delivered } = this.other.input;
    const shard = shardOf(this.other, cluster) ?? shardOf(this.one, cluster);
    const there = delivered.get(shard ?? '')?.clusters.get(cluster);
    const before = render(this.one, cluster, there);
    const after = render(this.other, cluster, there);
    const [bill, values] = [
      before.bill !== after.bill,
      before.values !== after.values,
    ];
    if (bill) this.#bills += 1;
    if (values) this.#values += 1;
    if (shard === undefined || !(bill || values)) return;
    this.#shards.add(shard);
    for (const path of after.revisions) {
      const known =
        before.revisions.has(path) || delivered.get(shard)?.revisions.has(path);
      if (!known) this.#revisions.add(`${shard}/${path}`);
    }
  }
}

function shardOf({ input }: Side, cluster: string): string | undefined {
  return input.shards.get(cluster) ?? shardWith(input.delivered, cluster);
}

function render(
  side: Side,
  cluster: string,
  there: DeliveredCluster | undefined,
): Folder {
  const { input, folders, held, missing } = side;
  const asItIs: Folder = {
    bill: there?.billHash,
    values: there?.valuesHash,
    revisions: new Set(),
  };
  if (input.kept?.has(cluster)) return asItIs;
  const number = input.plan.snapshot.numberOf(cluster);
  const shard = shardOf(side, cluster);
  if (number === undefined || shard === undefined) return NO_FOLDER;
  const [folder] = folders.render([number], input.delivered.get(shard));
  report(folder, held, missing);
  if (!folder.content) return asItIs;
  const { text, values, revisions } = folder.content;
  return {
    bill: gitBlobHash(text),
    values: gitBlobHash(values),
    revisions: new Set(revisions.map(({ path }) => path)),
  };
}

function report(
  { cluster, problems, held }: RenderedFolder,
  heldReport: HeldReport,
  missing: MissingReport,
): void {
  if (held) heldReport.add(held, cluster);
  if (!problems) return;
  missing.add(problems.values);
  for (const { entity, reason } of problems.missing) {
    missing.missing(entity, reason, cluster);
  }
}
