import { RolloutSimulation as Answer } from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bitmap,
  decide,
  describeSimulation,
  foreseenContent,
  foreseenRelease,
  ForeseenRelease,
  HoldSchedule,
  HoldSubject,
  RolloutSimulation,
  shareOfRings,
  SimulatedHour,
  subjectContent,
  withAllRings,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { KustomizeBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import { loadFleet } from '../../fleet/loadFleet';
import { readAllowedKindsFile } from '../../fleet/readAllowedKindsFile';
import { DecidedFleet, decideFleet } from '../../planning/decideFleet';
import { problemLines } from '../../terminal/problemLines';
import { writeTo } from '../../terminal/Streams';
import { UsageError } from '../../UsageError';
import { Call, OptionValues } from '../Command';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How often the plan loop looks, where nothing else is configured. */
const FREQUENCY = 5 * MINUTE;

/**
 * Plays the next release of an application, or the next content of a namespace, on the entities of a folder, where all clusters have
 * the present one.
 *
 * @internal
 */
export async function simulateInFolder({
  positionals: [folder, application],
  options,
  streams,
  progress,
}: Call): Promise<Answer> {
  const fleet = loadFleet(folder, { progress });
  const asked = await decideFleet({
    ...{ fleet, builder: KustomizeBuilder.create(), progress },
    allowedKinds: readAllowedKindsFile(options.allowedKinds),
  });
  progress.start('Playing');
  const decided = inAllRings(asked, application);
  const from =
    options.from === undefined ? decided.input.now : new Date(options.from);
  const content = subjectContent(application);
  if (content?.kind === 'EdgeGroup')
    throw new UsageError('The content of groups is not simulated');
  const next = content
    ? contentIn(decided, content.name, options.release, from)
    : releaseIn(decided, application, options.release, from);
  const simulation = simulationOf(decided, next, options, from);
  const hours: SimulatedHour[] = [];
  for (let hour = simulation.next(); hour; hour = simulation.next())
    hours.push(hour);
  progress.clear();
  await writeTo(streams.stderr, problemLines(decided.problems));
  return describeSimulation({
    ...{ ...simulation.result(), from: from.toISOString(), hours },
  });
}

/** From nothing, an application comes to its first ring alone. */
function inAllRings(decided: DecidedFleet, application: string): DecidedFleet {
  const decisions = withAllRings(decided.input.decisions, application);
  const input = { ...decided.input, decisions };
  return { ...decided, input, plan: decide(input) };
}

/** What comes next, what clusters have, and what holds it back. */
interface Next {
  readonly release: ForeseenRelease;
  readonly versions: ReadonlyMap<string, Bitmap>;
  readonly subject: HoldSubject;
}

function releaseIn(
  { plan, input: { decisions }, fleet }: DecidedFleet,
  application: string,
  version: string | undefined,
  now: Date,
): Next {
  if (!plan.applications.has(application))
    throw new UsageError(
      `there is no application '${application}' without problems in '${fleet.folder}'`,
    );
  const { placed, releases } = plan.applications.get(application)!;
  return {
    release: ofRings(() =>
      foreseenRelease({ plan, decisions }, { application, version, now }),
    ),
    versions: new Map(
      releases.map(({ release, clusters }) => [
        release.version,
        clusters.clone().and(placed),
      ]),
    ),
    subject: { application: decisions.applications.get(application)!.entity },
  };
}

function contentIn(
  { plan, input: { decisions }, fleet }: DecidedFleet,
  namespace: string,
  version: string | undefined,
  now: Date,
): Next {
  const present = decisions.namespaces.get(namespace);
  if (!present)
    throw new UsageError(
      `there is no namespace '${namespace}' without problems in '${fleet.folder}'`,
    );
  if (version !== undefined)
    throw new UsageError(`--release: content of a namespace has no version`);
  const had =
    plan.namespaces.get(namespace) ?? Bitmap.empty(plan.snapshot.size);
  return {
    release: ofRings(() =>
      foreseenContent({ plan, decisions }, { namespace, present, had, now }),
    ),
    versions: new Map([['former', had]]),
    subject: { namespace },
  };
}

function ofRings(find: () => ForeseenRelease): ForeseenRelease {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'InputError') throw error;
    throw new UsageError(error.message);
  }
}

function simulationOf(
  { input: { decisions, snapshot } }: DecidedFleet,
  { release, versions, subject }: Next,
  options: OptionValues,
  from: Date,
): RolloutSimulation {
  const { days = 7, reportAfter = 10, failed = 0, unreachable = 0 } = options;
  const none = Bitmap.empty(snapshot.size);
  const offline = shareOfRings(release.clusters, unreachable);
  return RolloutSimulation.create({
    ...{ ...release, versions, from, delivered: none },
    reported: { healthy: none, failed: none, unreachable: offline },
    unhindered: snapshot.facts
      .field('state')
      .where(state => state === 'provisioning'),
    holds: HoldSchedule.create(snapshot, decisions).clock(subject),
    assumptions: {
      reportAfter: reportAfter * MINUTE,
      failing: shareOfRings(release.clusters, failed, offline),
      ...(options.approveAfter !== undefined && {
        approveAfter: options.approveAfter * MINUTE,
      }),
    },
    until: new Date(from.getTime() + days * DAY),
    frequency: FREQUENCY,
  });
}
