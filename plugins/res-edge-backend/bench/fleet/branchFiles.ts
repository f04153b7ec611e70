import { plainGit } from './plainGit';

/** How many files of each sort changed on the branches of shards. */
export interface BranchFiles {
  readonly bills: number;
  readonly values: number;
  /** Folders of revisions, counted on each branch. */
  readonly revisions: number;
  /** What Res-Edge notes on a branch for itself. */
  readonly notes: number;
  readonly branches: number;
}

const DELIVERY = 'refs/heads/delivery';

/** The commits of the branches, by their full names. */
export function branchTips(folder: string): ReadonlyMap<string, string> {
  const format = '--format=%(refname) %(objectname)';
  return new Map(
    plainGit(folder, 'for-each-ref', format, DELIVERY)
      .split('\n')
      .filter(line => line !== '')
      .map(line => line.split(' ') as [string, string]),
  );
}

/** Compares branches with what they were. */
export function changedFiles(
  folder: string,
  before: ReadonlyMap<string, string>,
): BranchFiles {
  const moved = [...branchTips(folder)].filter(
    ([branch, tip]) => before.get(branch) !== tip,
  );
  const found = { bills: 0, values: 0, revisions: 0, notes: 0 };
  for (const [branch, tip] of moved) {
    const from = before.get(branch);
    const files = from
      ? plainGit(folder, 'diff', '--name-only', from, tip).split('\n')
      : plainGit(folder, 'ls-tree', '-r', '--name-only', tip).split('\n');
    const revisions = new Set<string>();
    for (const file of files) {
      const revision = /^.*\/revisions\/[^/]+/.exec(file)?.[0];
      if (revision) revisions.add(revision);
      else if (/^clusters\/[^/]+\/kust/.test(file)) found.bills += 1;
      else if (/^clusters\/[^/]+\/values\//.test(file)) found.values += 1;
      else found.notes += 1;
    }
    found.revisions += revisions.size;
  }
  return { ...found, branches: moved.length };
}
