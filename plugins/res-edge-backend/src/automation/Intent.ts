import {
  EdgeEntity,
  EdgeKind,
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  contentSubject,
  FileChange,
  gitBlobHash,
  intentPaths,
  Inventory,
  sliceRemoval,
  Slices,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { createHash } from 'node:crypto';
import { locationOf, StoredRollout } from '../database';
import { awaitsPoll, FoundVersions, withFoundVersion } from './foundVersion';
import { MainState } from './MainBranch';
import { Registration } from './Registration';

/** Kinds that people decide about; clusters are facts. In the order in which they are merged when several are. */
const DECIDED_KINDS = [
  'EdgePolicy',
  'EdgeGroup',
  'EdgeNamespace',
  'EdgeApplication',
] as const;

/** One thing that somebody asked for, as a difference to main. @internal */
export interface Intent {
  readonly ref: string;
  readonly kind: EdgeKind;
  readonly name: string;
  readonly title: string;
  /** Where it is registered; undefined where the registration is gone. */
  readonly location?: string;
  readonly entity?: EdgeEntity;
  readonly changes: readonly FileChange[];
  /** Of the files as they shall be; what an approval binds to. */
  readonly digest: string;
  /** Where it promotes a ring: of what. */
  readonly rollout?: StoredRollout;
}

/**
 * What the inventory asks of main: an intent for each entity whose files differ, and for each that main
 * holds and the inventory no longer does.
 *
 * @param options - `only`: references of entities; all of them where left out. `refused`: digests of releases that were
 * taken back, by application or content; `found`: versions that polling found
 * @internal
 */
export async function findIntents(options: {
  inventory: Inventory;
  records: Registration['records'];
  main: MainState;
  slices: Slices;
  only?: ReadonlySet<string>;
  refused?: ReadonlyMap<string, string>;
  found?: FoundVersions;
}): Promise<{ intents: Intent[]; problems: Problem[] }> {
  const { inventory, records, main, slices, only, refused, found } = options;
  const intents: Intent[] = [];
  const problems: Problem[] = [];
  const registered: Record<string, readonly EdgeEntity[]> = {
    EdgePolicy: inventory.policies,
    EdgeGroup: inventory.groups,
    EdgeNamespace: inventory.namespaces,
    EdgeApplication: inventory.applications,
  };
  for (const kind of DECIDED_KINDS) {
    const names = new Set<string>();
    for (const known of registered[kind]) {
      const name = known.metadata.name;
      const ref = entityRefOf(kind, name);
      names.add(name);
      if (only && !only.has(ref)) continue;
      let entity: EdgeEntity = known;
      if (known.kind === 'EdgeApplication') {
        const version = main.decisions.applications.get(name)?.releases[0];
        if (awaitsPoll(known, found?.get(name), version?.version)) continue;
        entity = withFoundVersion(known, found?.get(name));
      }
      const record = records.get(ref);
      const location = record ? locationOf(record.origin) : '';
      const slice = await slices.changesFor(
        entity,
        location,
        main.files,
        refused?.get(subjectOf(kind, name)),
      );
      problems.push(...slice.problems);
      if (slice.keeps)
        problems.push({
          ...{ entity: ref, field: 'spec.rollout' },
          message:
            'Its content was rolled back, and does not start again; another one does',
        });
      if (slice.changes.length === 0) continue;
      const title = titleOf(kind, entity, main);
      intents.push({
        ref,
        kind,
        name,
        title,
        location,
        entity,
        changes: slice.changes,
        digest: digestOf(slice.changes),
      });
    }
    for (const name of decidedNames(kind, main)) {
      const ref = entityRefOf(kind, name);
      if (names.has(name) || (only && !only.has(ref))) continue;
      const changes = sliceRemoval(main.files.keys(), kind, name);
      const title = `Remove ${wordFor(kind)} ${name}`;
      intents.push({
        ref,
        kind,
        name,
        title,
        changes,
        digest: digestOf(changes),
      });
    }
  }
  return { intents, problems };
}

function decidedNames(
  kind: (typeof DECIDED_KINDS)[number],
  { decisions }: MainState,
): string[] {
  const decided = {
    EdgePolicy: decisions.policies,
    EdgeGroup: decisions.groups,
    EdgeNamespace: decisions.namespaces,
    EdgeApplication: decisions.applications,
  }[kind];
  return [...decided.keys()].sort();
}

/** What its rollout is kept under. */
function subjectOf(kind: (typeof DECIDED_KINDS)[number], name: string): string {
  return kind === 'EdgeNamespace' || kind === 'EdgeGroup'
    ? contentSubject({ kind, name })
    : name;
}

/** `EdgeNamespace` as people say it: `namespace`. @internal */
export function wordFor(kind: EdgeKind): string {
  return kind.slice('Edge'.length).toLowerCase();
}

function titleOf(
  kind: EdgeKind,
  entity: EdgeEntity,
  { decisions, files }: MainState,
): string {
  const name = entity.metadata.name;
  if (kind === 'EdgeApplication') {
    // The first ring is the one that gets it.
    const decided = decisions.applications.get(name)?.releases[0].version;
    const wanted = (entity as { spec: { version: string } }).spec.version;
    if (decided === undefined) return `Add application ${name} ${wanted}`;
    return decided === wanted
      ? `Change application ${name}`
      : `Release ${name} ${wanted} (was ${decided})`;
  }
  const [owned] = intentPaths(kind, name);
  const known = [...files.keys()].some(
    path => path === owned || (owned.endsWith('/') && path.startsWith(owned)),
  );
  return `${known ? 'Change' : 'Add'} ${wordFor(kind)} ${name}`;
}

/** @internal */
export function digestOf(changes: readonly FileChange[]): string {
  const hash = createHash('sha256');
  for (const { path, content } of changes) {
    hash.update(
      `${path}\0${content === undefined ? '-' : gitBlobHash(content)}\n`,
    );
  }
  return hash.digest('hex').slice(0, 16);
}
