import { Bitmap, Snapshot } from '@res-edge/backstage-plugin-res-edge-engine';
import { fieldOf, textsOf } from './entityField';
import { EntityFilter, FieldCondition } from './EntityFilter';

/** The clusters by what they have in one field. */
interface FieldIndex {
  readonly present: readonly number[];
  readonly byText: ReadonlyMap<string, readonly number[]>;
}

/** Each index holds a number for each cluster; people filter by few fields. */
const MAX_INDEXES = 50;

const remembered = new WeakMap<Snapshot, ClusterFields>();

/**
 * Finds and counts clusters by any of their fields: each field is read through once for each snapshot, when it is first
 * asked for.
 *
 * @internal
 */
export class ClusterFields {
  static of(snapshot: Snapshot): ClusterFields {
    let fields = remembered.get(snapshot);
    if (!fields) {
      remembered.set(snapshot, (fields = new ClusterFields(snapshot)));
    }
    return fields;
  }

  private readonly indexes = new Map<string, FieldIndex>();

  private constructor(private readonly snapshot: Snapshot) {}

  /** The clusters that match one of the filters. */
  matching(filters: readonly EntityFilter[]): Bitmap {
    const matches = Bitmap.empty(this.snapshot.size);
    for (const filter of filters) {
      matches.or(
        filter.reduce(
          (all, condition) => all.and(this.where(condition)),
          Bitmap.full(this.snapshot.size),
        ),
      );
    }
    return matches;
  }

  /** How many of the clusters have each text in the field; one with a list counts for each element. */
  count(path: string, clusters: Bitmap): Map<string, number> {
    const counts = new Map<string, number>();
    for (const [text, numbers] of this.index(path).byText) {
      let count = 0;
      for (const number of numbers) {
        if (clusters.has(number)) {
          count++;
        }
      }
      if (count > 0) {
        counts.set(text, count);
      }
    }
    return counts;
  }

  private where({ path, operator, values }: FieldCondition): Bitmap {
    const { size } = this.snapshot;
    const { present, byText } = this.index(path);
    if (operator === 'exists' || operator === 'absent') {
      const found = Bitmap.of(size, present);
      return operator === 'exists' ? found : found.not();
    }
    const found = Bitmap.empty(size);
    for (const value of values) {
      byText.get(value)?.forEach(number => found.add(number));
    }
    return operator === 'in' ? found : found.not();
  }

  private index(path: string): FieldIndex {
    let index = this.indexes.get(path);
    if (!index) {
      if (this.indexes.size >= MAX_INDEXES) {
        this.indexes.clear();
      }
      index = createIndex(this.snapshot, path);
      this.indexes.set(path, index);
    }
    return index;
  }
}

function createIndex({ clusters }: Snapshot, path: string): FieldIndex {
  const present: number[] = [];
  const byText = new Map<string, number[]>();
  clusters.forEach((cluster, number) => {
    const value = fieldOf(cluster, path);
    if (value === undefined) {
      return;
    }
    present.push(number);
    for (const text of new Set(textsOf(value))) {
      const known = byText.get(text);
      if (known) {
        known.push(number);
      } else {
        byText.set(text, [number]);
      }
    }
  });
  return { present, byText };
}
