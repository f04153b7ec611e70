import { Bitmap } from '../../bitmap';
import {
  ApplicationDecision,
  ApplicationRelease,
  Decisions,
  FileChange,
  FileMap,
  ONLY_RING,
  Plan,
} from '../../model';
import { byCodeUnit, gitBlobHash } from '../format/digest';
import { ReleaseContent, renderReleaseFile } from './releaseFile';
import { SHARD_FOLDER, shardPath } from './shards';
import { TargetsLocks } from './TargetsLocks';

/** What the main of an environment follows from. @public */
export interface EnvironmentMainInput {
  /** Of main. */
  readonly files: FileMap;
  readonly decisions: Decisions;
  readonly plan: Plan;
  /** Those of the environment's shards. */
  readonly clusters: Bitmap;
  /** The shards whose clusters these are. */
  readonly shards: ReadonlySet<string>;
  /** The hashes that git gives to what the environment's main has, by path. */
  readonly known: ReadonlyMap<string, string>;
}

/** The folder of an entity, what kind it is of, its name, and the path in the folder. */
const ENTITY = /^((apps|namespaces|groups)\/([^/]+))\/(.+)$/;
/** What concerns all environments. */
const SHARED = /^(?:policies|\.res-edge)\//;
/** Folders that are never changed: once an environment has one, it stays. */
const IMMUTABLE = /^(?:versions\/[^/]+|overlays\/[^/]+\/[^/]+)(?=\/)/;

/** What an environment gets of some files of main. */
interface Part {
  /** Nobody knows what it needs: what it has stays. */
  readonly isKept?: boolean;
  /** Whether it needs a file, which it may have already. */
  readonly takes: (path: string, isKnown: boolean) => boolean;
  /** What is written for this environment, in place of what main has. */
  readonly written?: ReadonlyMap<string, string>;
}

const NOTHING: Part = { takes: () => false };
const KEPT: Part = { isKept: true, takes: () => true };

/**
 * The main of one environment: of all that main holds, what concerns its clusters. Versions, overlays and content come with
 * the first ring that has a cluster of the environment and reaches them: the very bytes that main has. An entity that
 * cannot be planned stays as it was taken over.
 *
 * It renders only what can be another one than when it was asked last; one that knows nothing gives the same bytes.
 *
 * @public
 */
export class EnvironmentMain {
  readonly #locks = TargetsLocks.create();

  private constructor() {}

  /** Knows nothing yet. */
  static create(): EnvironmentMain {
    return new EnvironmentMain();
  }

  /** What the environment's main has to change, in order of paths. */
  changes(input: EnvironmentMainInput): FileChange[] {
    const { files, known } = input;
    const partOf = this.partFinder(input);
    const changes: FileChange[] = [];
    const paths = new Set([...files.keys(), ...known.keys()]);
    for (const path of [...paths].sort(byCodeUnit)) {
      const { part, rest } = partOf(path);
      if (part.isKept) continue;
      const hash = known.get(path);
      const content = part.takes(rest, hash !== undefined)
        ? part.written?.get(rest) ?? files.get(path)
        : undefined;
      if (content === undefined) {
        if (hash !== undefined) changes.push({ path });
      } else if (hash !== gitBlobHash(content)) changes.push({ path, content });
    }
    return changes;
  }

  /** Finds to what a path belongs, and where it is in it. */
  private partFinder(input: EnvironmentMainInput) {
    const locks = this.locksOf(input);
    const shards = new Set([...input.shards].map(shardPath));
    const shared: Part = {
      takes: path =>
        path.startsWith(SHARD_FOLDER) ? shards.has(path) : SHARED.test(path),
    };
    const folders = new Set<string>();
    for (const path of input.files.keys())
      folders.add(ENTITY.exec(path)?.[1] ?? '');
    const parts = new Map<string, Part>();
    return (path: string): { part: Part; rest: string } => {
      const [, folder, kind, name, rest] = ENTITY.exec(path) ?? [];
      if (folder === undefined) return { part: shared, rest: path };
      let part = parts.get(folder);
      if (!part) {
        part = folders.has(folder)
          ? entityPart(input, locks, kind, name)
          : NOTHING;
        parts.set(folder, part);
      }
      return { part, rest };
    };
  }

  private locksOf({ decisions, plan, clusters }: EnvironmentMainInput) {
    const namespaces = new Map(
      Array.from(plan.namespaces, ([name, all]) => [
        name,
        all.clone().and(clusters),
      ]),
    );
    const { snapshot } = plan;
    return this.#locks.render(decisions, { snapshot, namespaces });
  }
}

function entityPart(
  input: EnvironmentMainInput,
  locks: ReadonlyMap<string, string>,
  kind: string,
  name: string,
): Part {
  if (kind === 'apps') return applicationPart(input, name);
  return kind === 'groups'
    ? groupPart(input, name)
    : namespacePart(input, name, locks.get(name));
}

function namespacePart(
  { decisions, plan, clusters }: EnvironmentMainInput,
  name: string,
  lock: string | undefined,
): Part {
  const decision = decisions.namespaces.get(name);
  if (!decision || lock === undefined) return KEPT;
  return plan.namespaces.get(name)?.intersects(clusters)
    ? {
        takes: within([`versions/${decision.digest}`]),
        written: new Map([['targets.lock.yaml', lock]]),
      }
    : NOTHING;
}

function groupPart(
  { decisions, plan: { snapshot }, clusters }: EnvironmentMainInput,
  name: string,
): Part {
  const decision = decisions.groups.get(name);
  if (!decision || !snapshot.groups.has(name)) return KEPT;
  return snapshot.groupMembers(name).intersects(clusters)
    ? { takes: within([`versions/${decision.digest}`]) }
    : NOTHING;
}

function applicationPart(
  { decisions, plan, clusters }: EnvironmentMainInput,
  name: string,
): Part {
  const decision = decisions.applications.get(name);
  const planned = plan.applications.get(name);
  const rings = decision && ringsOf(plan, decision);
  if (!planned || !rings) return KEPT;
  if (!planned.targets.intersects(clusters)) return NOTHING;
  const releaseOf = (ring: string) =>
    planned.releases.find(release => release.rings.includes(ring))?.release;
  const reached = new Map(
    rings
      .filter(ring => ring.clusters?.intersects(clusters) ?? true)
      .map(ring => [ring.name, releaseOf(ring.name)]),
  );
  const releases = [...reached.values()].filter(isDefined);
  if (releases.length === 0) return NOTHING;
  const pinned = planned.releases
    .filter(release => release.rings.length === 0)
    .filter(release => release.clusters.intersects(clusters))
    .map(({ release }) => release);
  const overlays = releases.flatMap(({ overrides }) =>
    overrides.flatMap(({ patches = [] }) => patches),
  );
  const versions = [...releases, ...pinned].map(
    ({ version }) => `versions/${version}`,
  );
  const text = renderReleaseFile({
    rings: new Map(
      Array.from(reached, ([ring, release]) => [ring, release?.digest]),
    ),
    releases: new Map(
      releases.map(release => [release.digest, contentOf(release)]),
    ),
  });
  return {
    takes: within([...versions, ...overlays]),
    written: new Map([['release.yaml', text]]),
  };
}

/** All but immutable folders other than these. */
function within(folders: readonly string[]): Part['takes'] {
  return (path, isKnown) => {
    const [immutable] = IMMUTABLE.exec(path) ?? [];
    return immutable === undefined || isKnown || folders.includes(immutable);
  };
}

/** The rings of an application in order; of the only one all clusters. Undefined where they cannot be found. */
function ringsOf(
  { rollouts }: Plan,
  { entity }: ApplicationDecision,
): readonly { name: string; clusters?: Bitmap }[] | undefined {
  const { rollout } = entity.spec;
  return rollout === undefined
    ? [{ name: ONLY_RING }]
    : rollouts.get(rollout)?.rings;
}

function contentOf({
  version,
  values,
  overrides,
}: ApplicationRelease): ReleaseContent {
  return { version, values, overrides };
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined;
}
