import {
  FleetRevisions,
  PlacedApplication,
  PlacedGroup,
  PlacedRevision,
} from './FleetRevisions';

/** The revisions that a cluster is to get, in the order of bills. @internal */
export interface WantedRevisions {
  readonly namespaces: readonly PlacedRevision[];
  readonly applications: readonly PlacedApplication[];
  readonly groups: readonly PlacedGroup[];
}

/** A list of revisions; lists that begin alike share their beginning. */
class Branch {
  readonly #children = new Map<PlacedRevision, Branch>();
  /** The one that was asked for last: clusters are asked about one revision at a time. */
  #last?: Branch;
  #list?: WantedRevisions;

  constructor(
    private readonly before?: Branch,
    private readonly placed?: PlacedRevision,
  ) {}

  child(placed: PlacedRevision): Branch {
    if (this.#last?.placed !== placed) {
      this.#last = this.#children.get(placed) ?? new Branch(this, placed);
      this.#children.set(placed, this.#last);
    }
    return this.#last;
  }

  private set(): Set<PlacedRevision> {
    const set = this.before?.set() ?? new Set();
    return this.placed ? set.add(this.placed) : set;
  }

  list(all: FleetRevisions): WantedRevisions {
    if (!this.#list) {
      const here = this.set();
      this.#list = {
        namespaces: all.namespaces.filter(placed => here.has(placed)),
        applications: all.applications.filter(placed => here.has(placed)),
        groups: all.groups.filter(placed => here.has(placed)),
      };
    }
    return this.#list;
  }
}

/** Turns sets of clusters into lists for each cluster. @internal */
export class WantedTree {
  readonly #root = new Branch();

  private constructor(private readonly revisions: FleetRevisions) {}

  static create(revisions: FleetRevisions): WantedTree {
    return new WantedTree(revisions);
  }

  /** What each of these clusters is to get: one object for all that are to get the same. */
  of(numbers: readonly number[]): WantedRevisions[] {
    const { namespaces, applications, groups } = this.revisions;
    const branches = numbers.map(() => this.#root);
    for (const placed of [...namespaces, ...applications, ...groups]) {
      for (let index = 0; index < numbers.length; index++) {
        if (placed.clusters.has(numbers[index]))
          branches[index] = branches[index].child(placed);
      }
    }
    return branches.map(branch => branch.list(this.revisions));
  }
}
