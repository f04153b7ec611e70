import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import {
  BuiltSource,
  ComponentChecks,
  DeliveredShard,
  DeliveryInput,
  DeliveryRenderer,
  FileMap,
  parseManifests,
  releaseBuilds,
  ShardRendering,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { ManifestBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import { Progress } from '../terminal/Progress';
import { DecidedFleet } from './decideFleet';
import { deriveMain, isHeld } from './deriveMain';
import { locatedProblems } from './locatedProblems';

/** The files that a plan asks for. @internal */
export interface RenderedFleet {
  /** Main as it shall be. */
  readonly main: FileMap;
  /** Only shards that change, each rendered when it is asked for; to be read once. */
  readonly shards: Iterable<ShardRendering>;
  /** With those of the decided fleet; complete when all shards were read. */
  problems(): readonly Problem[];
}

/**
 * Renders main, and of the shards what differs from what is delivered.
 *
 * @internal
 */
export async function renderFleet(options: {
  decided: DecidedFleet;
  delivered: ReadonlyMap<string, DeliveredShard>;
  builder: ManifestBuilder;
  progress: Progress;
}): Promise<RenderedFleet> {
  const { decided, delivered, builder, progress } = options;
  const { fleet, input, plan } = decided;
  progress.start('Rendering');
  const main = deriveMain(decided);
  const { built, problems } = await buildReleases(decided, builder);
  const renderer = DeliveryRenderer.create();
  const delivery: DeliveryInput = {
    main: main.files,
    decisions: input.decisions,
    plan,
    built,
    shards: main.shards,
    delivered: withoutHeld(delivered, name => isHeld(fleet, name)),
    now: input.now,
  };
  const checks = ComponentChecks.create((files, folder) =>
    builder.build(files, folder),
  );
  const components = await checks.check(renderer.combinations(delivery));
  const run = renderer.render({ ...delivery, broken: components.broken });
  return {
    main: main.files,
    shards: run.shards,
    problems: () => {
      const found = [...problems, ...components.problems, ...run.problems()];
      return locatedProblems(fleet, found, decided.problems);
    },
  };
}

/** What main asks to be built, and was not built of the sources just now: what an entity with a problem had before. */
async function buildReleases(
  { main, input, built }: DecidedFleet,
  builder: ManifestBuilder,
): Promise<{ built: Map<string, BuiltSource>; problems: Problem[] }> {
  const all = new Map(built);
  const problems: Problem[] = [];
  await Promise.all(
    releaseBuilds(main, input.decisions)
      .filter(({ key }) => !built.has(key))
      .map(async ({ key, application, files, folder }) => {
        try {
          all.set(key, parseManifests(await builder.build(files, folder)));
        } catch (error) {
          problems.push({
            entity: `edgeapplication:default/${application}`,
            field: 'spec.source.path',
            message: `the sources on main do not build: ${
              (error as Error).message
            }`,
          });
        }
      }),
  );
  return { built: all, problems };
}

/** A cluster that is held is not shown to the renderer, so that its folder neither changes nor goes. */
function withoutHeld(
  delivered: ReadonlyMap<string, DeliveredShard>,
  isHeldCluster: (name: string) => boolean,
): ReadonlyMap<string, DeliveredShard> {
  return new Map(
    [...delivered].map(([name, shard]) => [
      name,
      {
        ...shard,
        clusters: new Map(
          [...shard.clusters].filter(([cluster]) => !isHeldCluster(cluster)),
        ),
      },
    ]),
  );
}
