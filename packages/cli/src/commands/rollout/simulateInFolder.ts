import { RolloutSimulation as Answer } from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bitmap,
  ContentSubject,
  decide,
  describeSimulation,
  foreseenContent,
  foreseenRelease,
  ForeseenRelease,
  HoldClock,
  HoldSchedule,
  RolloutSimulation,
  selectedBy,
  shareOfRings,
  SimulatedHour,
  subjectContent,
  valuesClock,
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
 * Plays the next release of an application, or the next content of a namespace or group, on the entities of a folder, where all
 * clusters have the present one.
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
  const next = content
    ? contentIn(decided, content, options.release, from)
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
  readonly clock: (schedule: HoldSchedule) => HoldClock;
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
    clock: schedule =>
      schedule.clock({
        application: decisions.applications.get(application)!.entity,
      }),
  };
}

function contentIn(
  { plan, input: { decisions }, fleet }: DecidedFleet,
  content: ContentSubject,
  version: string | undefined,
  now: Date,
): Next {
  const { kind, name } = content;
  const isGroup = kind === 'EdgeGroup';
  const word = isGroup ? 'group' : 'namespace';
  if (!(isGroup ? decisions.groups : decisions.namespaces).has(name))
    throw new UsageError(
      isGroup
        ? `there is no group '${name}' with values, components or a rollout, and without problems in '${fleet.folder}'`
        : `there is no namespace '${name}' without problems in '${fleet.folder}'`,
    );
  if (version !== undefined)
    throw new UsageError(`--release: content of a ${word} has no version`);
  const had = selectedBy(plan, content);
  return {
    release: ofRings(() =>
      foreseenContent(
        { plan, decisions },
        { content, present: decisions, had, now },
      ),
    ),
    versions: new Map([['former', had]]),
    clock: schedule =>
      isGroup
        ? valuesClock(schedule, decisions, plan.snapshot.size)
        : schedule.clock({ namespace: name }),
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
  { release, versions, clock }: Next,
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
    holds: clock(HoldSchedule.create(snapshot, decisions)),
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
