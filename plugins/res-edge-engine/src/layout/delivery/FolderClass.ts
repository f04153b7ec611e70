import { Bill, DeliveredCluster, GitOpsEngine } from '../../model';
import { ClusterKeys, Revision } from '../revision/Revision';
import { BillContent, BillTemplate, billTemplate } from './bill';
import { composeCluster } from './ClusterComposer';
import { ClusterValue, missingValue } from './clusterValues';
import type { DeliveryInput } from './DeliveryInput';
import { ObjectConflict } from './objectConflicts';
import { WantedRevisions } from './WantedTree';

/** What all clusters of a class get in their usual case. @internal */
export interface PlainFolder {
  readonly content: Omit<BillContent, 'cluster'>;
  readonly text: BillTemplate;
  readonly revisions: readonly Revision[];
}

/**
 * Clusters that are to get the same. There are many of them, so that what follows from that alone is worked out once.
 *
 * @internal
 */
export class FolderClass {
  /** All that its applications and components read of a cluster. */
  readonly clusterKeys: ClusterKeys;
  readonly #plain?: PlainFolder;
  readonly #namespaces: ReadonlySet<string>;
  /** The namespace of each application. */
  readonly #places: ReadonlyMap<string, string>;

  private constructor(
    readonly wanted: WantedRevisions,
    engine: GitOpsEngine,
    input: Pick<DeliveryInput, 'now' | 'broken'>,
    conflicts: readonly ObjectConflict[],
  ) {
    this.#namespaces = new Set(wanted.namespaces.map(({ name }) => name));
    this.#places = new Map(
      wanted.applications.map(({ name, namespace }) => [name, namespace]),
    );
    this.clusterKeys = mergedKeys(wanted, this.#places);
    this.#plain = plainFolder(wanted, engine, input, conflicts);
  }

  static create(
    wanted: WantedRevisions,
    engine: GitOpsEngine,
    input: Pick<DeliveryInput, 'now' | 'broken'>,
    conflicts: readonly ObjectConflict[],
  ): FolderClass {
    return new FolderClass(wanted, engine, input, conflicts);
  }

  /** What a cluster gets as all others do; undefined where something about it is special. */
  plainFor(
    values: ReadonlyMap<string, ClusterValue>,
    delivered: DeliveredCluster | undefined,
  ): PlainFolder | undefined {
    const isPlain =
      this.#plain !== undefined &&
      missingValue(this.clusterKeys, values) === undefined &&
      (delivered === undefined || this.isSettled(delivered.bill));
    return isPlain ? this.#plain : undefined;
  }

  /** Whether neither a namespace nor an application leaves its place, which takes two steps. */
  private isSettled({ namespaces, applications, moving = [] }: Bill): boolean {
    return (
      moving.length === 0 &&
      namespaces.every(({ name }) => this.#namespaces.has(name)) &&
      applications.every(({ name, namespace }) => {
        const place = this.#places.get(name) ?? namespace;
        return namespace === undefined || namespace === place;
      })
    );
  }
}

function mergedKeys(
  { applications, groups }: WantedRevisions,
  present: ReadonlyMap<string, string>,
): ClusterKeys {
  const merged = new Map<string, Set<string>>();
  const components = groups
    .flatMap(group => group.components)
    .filter(
      ({ application }) =>
        application === undefined || present.has(application),
    );
  const readers = [
    ...applications.map(({ revision }) => revision),
    ...components,
  ];
  for (const reader of readers) {
    for (const [key, types] of reader?.clusterKeys ?? []) {
      const known = merged.get(key);
      if (!known) merged.set(key, new Set(types));
      else types.forEach(type => known.add(type));
    }
  }
  return merged as Map<string, Set<never>>;
}

function plainFolder(
  wanted: WantedRevisions,
  engine: GitOpsEngine,
  { now, broken = new Map() }: Pick<DeliveryInput, 'now' | 'broken'>,
  conflicts: readonly ObjectConflict[],
): PlainFolder | undefined {
  const all = [...wanted.namespaces, ...wanted.applications];
  if (all.some(({ revision, entry }) => !revision || !entry)) return undefined;
  let isPlain = true;
  const { content, revisions } = composeCluster(
    {
      ...{ ...wanted, name: '', engine, draining: false },
      ...{ conflicts, broken, now },
      // Nothing is held that would have to be placed.
      placeOf: () => undefined,
    },
    () => {
      isPlain = false;
    },
  );
  if (!isPlain) return undefined;
  const { cluster, ...rest } = content;
  return { content: rest, text: billTemplate(rest), revisions };
}
