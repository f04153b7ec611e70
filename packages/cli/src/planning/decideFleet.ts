import {
  EdgeEntity,
  EdgeKind,
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  Baseline,
  BuiltSource,
  decide,
  DecideInput,
  Decisions,
  FileChange,
  FileMap,
  Plan,
  readDecisions,
  renderLayoutFile,
  sliceChanges,
  sliceRemoval,
  Slices,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { ManifestBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import { Fleet } from '../fleet/Fleet';
import { SourceReader } from '../fleet/SourceReader';
import { Progress } from '../terminal/Progress';
import { locatedProblems } from './locatedProblems';

/** What a folder of entities asks for, decided. @internal */
export interface DecidedFleet {
  readonly fleet: Fleet;
  /** The files of main as they shall be, without those that follow from the plan. */
  readonly main: FileMap;
  readonly input: DecideInput;
  readonly plan: Plan;
  /** What was built on the way, by key. */
  readonly built: ReadonlyMap<string, BuiltSource>;
  /** Of the folder, of main and of the plan. */
  readonly problems: readonly Problem[];
}

/** What {@link decideFleet} reads. @internal */
export interface DecideFleetOptions {
  readonly fleet: Fleet;
  readonly builder: ManifestBuilder;
  readonly progress: Progress;
  /** By add-on, what it may bring beside what every application may. */
  readonly allowedKinds: ReadonlyMap<string, readonly string[]>;
  /** The files of main as they are; none where left out. */
  readonly main?: FileMap;
  /** What runs where already; nothing where left out. */
  readonly baseline?: (snapshot: Snapshot) => Baseline;
}

/**
 * Decides where everything runs: all that is registered is decided as if each change request had been merged. What
 * main holds of an entity that is broken stays as it is, and so does all that was not found where not all was read.
 *
 * @internal
 */
export async function decideFleet(
  options: DecideFleetOptions,
): Promise<DecidedFleet> {
  const { fleet, progress } = options;
  const before = options.main ?? new Map();
  const slices = await registeredSlices(options, before);
  const main = new Map(before);
  apply(main, slices.changes);
  apply(main, removals(fleet, before));
  apply(main, sliceChanges(before, renderLayoutFile()));

  progress.start('Deciding');
  const { decisions, problems } = readDecisions(main);
  const snapshot = Snapshot.create(fleet.inventory);
  const baseline = options.baseline?.(snapshot) ?? { applications: new Map() };
  const input = { snapshot, decisions, baseline, now: new Date() };
  const plan = decide(input);
  return {
    fleet,
    main,
    input,
    plan,
    built: slices.built,
    problems: locatedProblems(fleet, [
      ...slices.problems,
      ...problems,
      ...snapshot.problems,
      ...plan.problems,
    ]),
  };
}

async function registeredSlices(
  { fleet, builder, progress, allowedKinds }: DecideFleetOptions,
  main: FileMap,
) {
  const { policies, groups, namespaces, applications } = fleet.inventory;
  const sources = SourceReader.create(fleet.folder);
  const slices = Slices.create({
    read: async (file, path, field) => sources.read(file, path, field),
    originOf: file => `file:${file}`,
    build: (files, folder) => builder.build(files, folder),
    allowedKinds,
  });
  const others: EdgeEntity[] = [...groups, ...namespaces, ...applications];
  const total = policies.length + others.length;
  progress.start('Building sources');
  let done = 0;
  const slicesOf = (entities: readonly EdgeEntity[], files: FileMap) =>
    Promise.all(
      entities.map(async entity => {
        const ref = entityRefOf(entity.kind, entity.metadata.name);
        const { file } = fleet.origins.get(ref)!;
        const slice = await slices.changesFor(entity, file, files);
        done += 1;
        progress.advance(done, total);
        return slice;
      }),
    );
  const first = await slicesOf(policies, main);
  // Applications look for the rings of their rollouts.
  const withPolicies = new Map(main);
  for (const { changes } of first) apply(withPolicies, changes);
  const found = [...first, ...(await slicesOf(others, withPolicies))];
  return {
    changes: found.flatMap(({ changes }) => changes),
    problems: found.flatMap(({ problems }) => problems),
    built: new Map(found.flatMap(({ built }) => [...built])),
  };
}

/** What main holds, and nobody registers any more. */
function removals(fleet: Fleet, main: FileMap): FileChange[] {
  if (!fleet.complete) return [];
  const decided = decidedNames(readDecisions(main).decisions);
  return decided
    .filter(({ kind, name }) => {
      const ref = entityRefOf(kind, name);
      return !fleet.origins.has(ref) && !fleet.broken.has(ref);
    })
    .flatMap(({ kind, name }) => sliceRemoval(main.keys(), kind, name));
}

function decidedNames(
  decisions: Decisions,
): readonly { kind: EdgeKind; name: string }[] {
  const named = (kind: EdgeKind, entries: ReadonlyMap<string, unknown>) =>
    [...entries.keys()].map(name => ({ kind, name }));
  return [
    ...named('EdgePolicy', decisions.policies),
    ...named('EdgeGroup', decisions.groups),
    ...named('EdgeNamespace', decisions.namespaces),
    ...named('EdgeApplication', decisions.applications),
  ];
}

function apply(
  files: Map<string, string | Uint8Array>,
  changes: readonly FileChange[],
): void {
  for (const { path, content } of changes) {
    if (content === undefined) files.delete(path);
    else files.set(path, content);
  }
}
