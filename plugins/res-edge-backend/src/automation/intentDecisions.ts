import {
  Decisions,
  FileMap,
  intentPaths,
  readDecisions,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { EdgeKind, Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { Intent } from './Intent';
import { MainState, withChanges } from './MainBranch';

/** What would be decided, and from which files. @internal */
export interface ProposedDecisions {
  readonly files: FileMap;
  readonly decisions: Decisions;
  readonly problems: readonly Problem[];
}

/**
 * What would be decided if main held these intents too, and nothing else that is asked for.
 *
 * @internal
 */
export function intentDecisions(
  main: MainState,
  intents: readonly Intent[],
): ProposedDecisions {
  const owned = new Set(
    intents.flatMap(({ kind, name }) => intentPaths(kind, name)),
  );
  const files = withChanges(
    main.files,
    intents.flatMap(({ changes }) => changes),
  );
  const own: FileMap = new Map(
    [...files].filter(
      ([path]) => owned.has(path) || owned.has(entityFolder(path)),
    ),
  );
  const { decisions, problems } = readDecisions(own);
  const replaced = <T>(
    kind: EdgeKind,
    before: ReadonlyMap<string, T>,
    found: ReadonlyMap<string, T>,
  ): ReadonlyMap<string, T> => {
    const names = intents
      .filter(intent => intent.kind === kind)
      .map(({ name }) => name);
    if (names.length === 0) return before;
    const result = new Map(before);
    for (const name of names) result.delete(name);
    for (const [name, value] of found) result.set(name, value);
    // The order of names, as when all of main is read.
    return new Map([...result].sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  const { applications, namespaces, groups, policies } = main.decisions;
  return {
    files,
    decisions: {
      applications: replaced(
        'EdgeApplication',
        applications,
        decisions.applications,
      ),
      namespaces: replaced('EdgeNamespace', namespaces, decisions.namespaces),
      groups: replaced('EdgeGroup', groups, decisions.groups),
      policies: replaced('EdgePolicy', policies, decisions.policies),
    },
    problems,
  };
}

/** `apps/x/` of `apps/x/versions/1/file`. */
function entityFolder(path: string): string {
  return /^[^/]+\/[^/]+\//.exec(path)?.[0] ?? '';
}
