import {
  FileChange,
  FileMap,
} from '@res-edge/backstage-plugin-res-edge-engine';

/** What differs between two sets of files: paths, sorted. @internal */
export interface FileDifference {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** @internal */
export function compareFiles(before: FileMap, after: FileMap): FileDifference {
  const paths = [...after.keys()].sort();
  return {
    added: paths.filter(path => !before.has(path)),
    changed: paths.filter(path => {
      const known = before.get(path);
      return known !== undefined && !isSame(known, after.get(path)!);
    }),
    removed: [...before.keys()].filter(path => !after.has(path)).sort(),
  };
}

/** The changes that a difference stands for. @internal */
export function changesOf(
  { added, changed, removed }: FileDifference,
  after: FileMap,
): FileChange[] {
  return [
    ...[...added, ...changed].map(path => ({ path, content: after.get(path) })),
    ...removed.map(path => ({ path })),
  ];
}

function isSame(a: string | Uint8Array, b: string | Uint8Array): boolean {
  return a === b || Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0;
}
