import { explain as explainPlacement } from '@res-edge/backstage-plugin-res-edge-engine';
import { KustomizeBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import { loadFleet } from '../../fleet/loadFleet';
import { readAllowedKindsFile } from '../../fleet/readAllowedKindsFile';
import { decideFleet } from '../../planning/decideFleet';
import { problemLines } from '../../terminal/problemLines';
import { writeTo } from '../../terminal/Streams';
import { UsageError } from '../../UsageError';
import { Call } from '../Command';
import { writeExplanation } from '../writeExplanation';

/** `resedge explain FOLDER APPLICATION CLUSTER`. @internal */
export async function explainInFolder({
  positionals,
  options,
  json,
  streams,
  progress,
}: Call): Promise<number> {
  const [folder, application, cluster] = positionals;
  const fleet = loadFleet(folder, { progress });
  const builder = KustomizeBuilder.create();
  const decided = await decideFleet({
    ...{ fleet, builder, progress },
    allowedKinds: readAllowedKindsFile(options.allowedKinds),
  });
  progress.clear();
  const { input, plan, problems } = decided;
  await writeTo(streams.stderr, problemLines(problems));
  if (input.snapshot.numberOf(cluster) === undefined)
    throw new UsageError(`there is no cluster '${cluster}' in '${folder}'`);
  if (!input.decisions.applications.has(application)) {
    throw new UsageError(
      `there is no application '${application}' without problems in '${folder}'`,
    );
  }
  const explanation = explainPlacement(input, plan, application, cluster);
  await writeExplanation(explanation, json, streams);
  return problems.length > 0 ? 1 : 0;
}
