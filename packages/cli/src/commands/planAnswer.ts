import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import {
  ApplicationPlan,
  Plan,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { FileDifference } from '../output/compareFiles';
import { problemLines } from '../terminal/problemLines';
import { Streams, writeTo } from '../terminal/Streams';
import { counted, table } from '../terminal/table';

/** What `resedge plan` tells. @internal */
export interface PlanAnswer {
  readonly plan: Plan;
  readonly problems: readonly Problem[];
  readonly main: FileDifference;
  /** Folders of clusters and of revisions, and shards, that were changed. */
  readonly delivery: { bills: number; revisions: number; shards: number };
}

/**
 * As JSON, written application by application: the names of all placements of a large fleet make a text that is too
 * long for one string.
 *
 * @internal
 */
export async function writePlanJson(
  { plan, problems, main, delivery }: PlanAnswer,
  { stdout }: Streams,
): Promise<void> {
  await writeTo(stdout, '{\n"applications": {');
  let separator = '\n';
  for (const name of applicationNames(plan)) {
    const found = plan.applications.get(name)!;
    const entry = {
      clusters: plan.snapshot.namesOf(found.placed),
      refused: refusalsOf(plan, found),
    };
    await writeTo(
      stdout,
      `${separator}${JSON.stringify(name)}: ${JSON.stringify(entry)}`,
    );
    separator = ',\n';
  }
  await writeTo(stdout, `\n},\n"problems": ${JSON.stringify(problems)},\n`);
  await writeTo(stdout, `"main": ${JSON.stringify(main)},\n`);
  await writeTo(stdout, `"delivery": ${JSON.stringify(delivery)}\n}\n`);
}

/** As people read it. @internal */
export async function writePlanTable(
  { plan, problems, main, delivery }: PlanAnswer,
  { stdout, stderr }: Streams,
): Promise<void> {
  const rows = applicationNames(plan).map(name => {
    const { namespace, releases, placed, refusals } =
      plan.applications.get(name)!;
    const version = releases
      .map(({ release, rings }) =>
        releases.length === 1
          ? release.version
          : `${release.version} (${rings.join(', ')})`,
      )
      .join(', ');
    const refused = refusals.map(
      ({ step, clusters }) => `${step} ${clusters.count()}`,
    );
    return [name, version, namespace, placed.count(), refused.join(', ')];
  });
  const header = ['APPLICATION', 'VERSION', 'NAMESPACE', 'CLUSTERS', 'REFUSED'];
  const { added, changed, removed } = main;
  await writeTo(
    stdout,
    `${table(header, rows)}
main: ${added.length} files added, ${changed.length} changed, ${
      removed.length
    } removed
delivery: ${counted(delivery.bills, 'bill')} and ${counted(
      delivery.revisions,
      'revision',
    )} in ${counted(delivery.shards, 'shard')}
`,
  );
  await writeTo(stderr, problemLines(problems));
}

function applicationNames(plan: Plan): string[] {
  return [...plan.applications.keys()].sort();
}

/** In order of clusters; where several rules refuse one, in theirs. */
function refusalsOf({ snapshot }: Plan, { refusals }: ApplicationPlan) {
  return refusals
    .flatMap(({ step, reason, clusters }) =>
      Array.from(clusters, number => ({ number, step, reason })),
    )
    .sort((a, b) => a.number - b.number)
    .map(({ number, step, reason }) => ({
      cluster: snapshot.clusters[number].metadata.name,
      step,
      reason,
    }));
}
