import {
  Decisions,
  FileMap,
  intentPaths,
  readDecisions,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { Intent } from './Intent';
import { MainState, withChanges } from './MainBranch';

/**
 * What would be decided if main held this intent too, and nothing else that is asked for.
 *
 * @internal
 */
export function intentDecisions(
  main: MainState,
  intent: Intent,
): { decisions: Decisions; problems: readonly Problem[] } {
  const owned = intentPaths(intent.kind, intent.name);
  const own: FileMap = new Map(
    [...withChanges(main.files, intent.changes)].filter(([path]) =>
      owned.some(
        prefix =>
          path === prefix || (prefix.endsWith('/') && path.startsWith(prefix)),
      ),
    ),
  );
  const { decisions, problems } = readDecisions(own);
  const { applications, namespaces, groups, policies } = main.decisions;
  return {
    decisions: {
      applications: replaced(
        applications,
        decisions.applications,
        intent,
        'EdgeApplication',
      ),
      namespaces: replaced(
        namespaces,
        decisions.namespaces,
        intent,
        'EdgeNamespace',
      ),
      groups: replaced(groups, decisions.groups, intent, 'EdgeGroup'),
      policies: replaced(policies, decisions.policies, intent, 'EdgePolicy'),
    },
    problems,
  };
}

function replaced<T>(
  before: ReadonlyMap<string, T>,
  own: ReadonlyMap<string, T>,
  intent: Intent,
  kind: Intent['kind'],
): ReadonlyMap<string, T> {
  if (intent.kind !== kind) return before;
  const result = new Map(before);
  result.delete(intent.name);
  for (const [name, value] of own) result.set(name, value);
  // The order of names, as when all of main is read.
  return new Map([...result].sort(([a], [b]) => (a < b ? -1 : 1)));
}
