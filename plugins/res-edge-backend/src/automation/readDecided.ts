import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import {
  Decisions,
  FileMap,
  intentPaths,
  readDecisions,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { GitRepository } from '../git';
import { Drift } from './Drift';

/** How many states of an entity are looked at for one that can be read. */
const MAX_TRIES = 20;

/** What is decided, and from which files. @internal */
export interface Decided {
  readonly files: FileMap;
  readonly decisions: Decisions;
  readonly problems: readonly Problem[];
  /** References of entities whose files on main cannot be read since somebody changed them by hand. */
  readonly broken: ReadonlySet<string>;
}

/**
 * Reads what main holds. An entity that cannot be read since somebody changed it by hand stays as it was decided last.
 *
 * @internal
 */
export async function readDecided(
  repository: GitRepository,
  main: FileMap,
  drift: readonly Drift[],
): Promise<Decided> {
  const { decisions, problems } = readDecisions(main);
  const unread = drift.filter(
    ({ entity, ref }) =>
      entity &&
      !isDecided(decisions, entity) &&
      problems.some(problem => problem.entity === ref),
  );
  if (unread.length === 0)
    return { files: main, decisions, problems, broken: new Set() };

  const files = new Map(main);
  const kept: Problem[] = [];
  for (const each of unread) {
    const owned = intentPaths(each.entity!.kind, each.entity!.name);
    const last = await lastGood(repository, each, owned);
    if (!last) continue;
    for (const path of main.keys()) {
      if (owned.some(own => path === own || path.startsWith(own)))
        files.delete(path);
    }
    for (const [path, content] of last.files) files.set(path, content);
    kept.push({
      entity: each.ref,
      field: '',
      message: `what main held at commit ${last.commit.slice(
        0,
        12,
      )} goes on, until the change by hand is discarded or mended`,
    });
  }
  return {
    files,
    decisions: readDecisions(files).decisions,
    problems: [...problems, ...kept],
    broken: new Set(unread.map(({ ref }) => ref)),
  };
}

/** The newest state before one of the commits by hand that can be read. */
async function lastGood(
  repository: GitRepository,
  { entity, commits }: Drift,
  owned: readonly string[],
): Promise<{ commit: string; files: FileMap } | undefined> {
  const before = [...commits]
    .reverse()
    .flatMap(({ parents }) => parents.slice(0, 1));
  for (const commit of [...new Set(before)].slice(0, MAX_TRIES)) {
    const files = await repository.read(commit, path =>
      owned.some(own => path === own || path.startsWith(own)),
    );
    if (isDecided(readDecisions(files).decisions, entity!))
      return { commit, files };
  }
  return undefined;
}

function isDecided(
  decisions: Decisions,
  { kind, name }: NonNullable<Drift['entity']>,
): boolean {
  switch (kind) {
    case 'EdgeApplication':
      return decisions.applications.has(name);
    case 'EdgeNamespace':
      return decisions.namespaces.has(name);
    case 'EdgeGroup':
      return decisions.groups.has(name);
    default:
      return decisions.policies.has(name);
  }
}
