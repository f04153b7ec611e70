import { InputError } from '@backstage/errors';
import {
  Bitmap,
  ContentSubject,
  decideNext,
  Decisions,
  foreseenContent,
  ForeseenRelease,
  foreseenRelease,
  HoldClock,
  HoldSchedule,
  Plan,
  ReportedRelease,
  selectedBy,
  Snapshot,
  subjectContent,
  valuesClock,
  withAllRings,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { RolloutQuestion } from '../service/RolloutQuestion';
import { Rollouts } from './Rollouts';
import { PublishedPlan } from './WhatIf';

/** What a simulation is played on: sets number the clusters of its plan. @internal */
export interface SimulationSide {
  readonly plan: Plan;
  readonly decisions: Decisions;
}

/** Where a simulation begins. @internal */
export interface SimulationStart {
  readonly release: ForeseenRelease;
  /** Whether it is a rollout that has begun. */
  readonly isUnderWay: boolean;
  /** Clusters that are told to run it. */
  readonly delivered: Bitmap;
  /** What those report; nothing where left out. */
  readonly reported?: Pick<ReportedRelease, 'healthy' | 'failed'>;
  /** Clusters to which it cannot be delivered; none where left out. */
  readonly undeliverable?: Bitmap;
  /** What the others are told to run. */
  readonly versions: ReadonlyMap<string, Bitmap>;
  /** What windows and freezes let change when. */
  readonly clock: (schedule: HoldSchedule) => HoldClock;
}

/** What {@link simulationStart} is asked. @internal */
export interface StartOptions {
  readonly published: PublishedPlan;
  readonly side: SimulationSide;
  readonly rollouts: Rollouts;
  readonly question: Pick<RolloutQuestion, 'application' | 'version'>;
  readonly from: Date;
}

/** What the content is called that clusters have until the next one comes. */
const FORMER = 'former';
const WORDS = { EdgeNamespace: 'namespace', EdgeGroup: 'group' };

/**
 * Where the simulation of an application's release, or of the content of a namespace or group, begins.
 *
 * @throws NotFoundError where there is no such application or content
 * @throws InputError where its rings cannot be found, or a version of content is asked for
 * @internal
 */
export async function simulationStart(
  options: StartOptions,
): Promise<SimulationStart> {
  const content = subjectContent(options.question.application);
  return content ? contentStart(options, content) : applicationStart(options);
}

async function applicationStart({
  published,
  side,
  rollouts,
  question: { application, version },
  from,
}: StartOptions): Promise<SimulationStart> {
  const { planned } = published;
  const { snapshot } = side.plan;
  const standing = await rollouts.standing(planned, application);
  const release = foreseenRelease(side, {
    ...{ application, version, now: from },
    underWay: standing?.rollout,
    reach: reachOf(published, side, application),
  });
  const world =
    release.rollout === standing?.rollout ? standing.world : undefined;
  const moved = mover(planned.plan.snapshot, snapshot);
  const { entity } = side.decisions.applications.get(application)!;
  const stays = world?.undeliverable?.clone().andNot(world.delivered);
  return {
    release: stays ? without(release, moved(stays)) : release,
    isUnderWay: world !== undefined,
    delivered: world ? moved(world.delivered) : Bitmap.empty(snapshot.size),
    ...(world?.undeliverable && {
      undeliverable: moved(world.undeliverable),
    }),
    ...(world?.reported && {
      reported: {
        healthy: moved(world.reported.healthy),
        failed: moved(world.reported.failed),
      },
    }),
    versions: versionsOf(published, application, snapshot),
    clock: schedule => schedule.clock({ application: entity }),
  };
}

/** They keep what they have: until when nobody knows. */
function without(release: ForeseenRelease, clusters: Bitmap): ForeseenRelease {
  const rings = [...release.clusters].map(
    ([ring, own]) => [ring, own.clone().andNot(clusters)] as const,
  );
  return { ...release, clusters: new Map(rings) };
}

async function contentStart(
  { published, side, rollouts, question, from }: StartOptions,
  content: ContentSubject,
): Promise<SimulationStart> {
  const { application: subject, version } = question;
  if (version !== undefined)
    throw new InputError(
      `version: the content of ${WORDS[content.kind]} '${
        content.name
      }' has none, got '${version}'; mutations bring another content`,
    );
  const { planned } = published;
  const { plan, input, main } = planned;
  const moved = mover(plan.snapshot, side.plan.snapshot);
  const known = (await rollouts.latest()).get(subject);
  const { snapshot } = side.plan;
  const had =
    content.kind === 'EdgeGroup'
      ? selectedBy(side.plan, content)
      : moved(
          input.baseline.namespaces?.get(content.name) ??
            Bitmap.empty(plan.snapshot.size),
        );
  const release = foreseenContent(side, {
    ...{ content, present: main.decisions, had, known, now: from },
  });
  const { rollout, unchanged } = release;
  const none = { applications: new Map(), namespaces: new Map() };
  const world =
    rollout === known
      ? await rollouts.contentWorld(planned, () => ({ holds: none }), subject)
      : undefined;
  const delivered = world ? moved(world.delivered) : unchanged;
  const told = (clusters: Bitmap) => moved(clusters).clone().and(delivered);
  const former = rollout.rings.find(({ before }) => before)?.before ?? FORMER;
  return {
    ...{ release, delivered },
    clock: schedule =>
      content.kind === 'EdgeGroup'
        ? valuesClock(schedule, side.decisions, snapshot.size)
        : schedule.clock({ namespace: content.name }),
    isUnderWay: world !== undefined,
    ...(world?.undeliverable && {
      undeliverable: moved(world.undeliverable),
    }),
    ...(world?.reported && {
      // What was reported of what clusters had before says nothing of it.
      reported: {
        healthy: told(world.reported.healthy),
        failed: told(world.reported.failed),
      },
    }),
    versions: new Map([[former, had]]),
  };
}

/** Where an application that some rings have not reached will be; undefined where all have. */
function reachOf(
  { planned: { input, plan } }: PublishedPlan,
  side: SimulationSide,
  application: string,
): Bitmap | undefined {
  const decisions = withAllRings(side.decisions, application);
  if (decisions === side.decisions) return undefined;
  const { snapshot } = side.plan;
  const baseline =
    snapshot === input.snapshot ? input.baseline : { applications: new Map() };
  const next = { ...input, snapshot, baseline, decisions };
  return decideNext({ input, plan }, next).applications.get(application)
    ?.placed;
}

/** Sets of one snapshot as another one numbers its clusters. @internal */
export function mover(
  before: Snapshot,
  after: Snapshot,
): (of: Bitmap) => Bitmap {
  return before === after
    ? clusters => clusters
    : clusters => after.bitmapOf(before.namesOf(clusters));
}

/** What each cluster is told to run. */
function versionsOf(
  { view: { delivered } }: PublishedPlan,
  application: string,
  snapshot: Snapshot,
): ReadonlyMap<string, Bitmap> {
  const versions = new Map<string, Bitmap>();
  for (const [cluster, { version = '' }] of delivered.entries(application)) {
    const number = snapshot.numberOf(cluster);
    if (number === undefined) continue;
    let found = versions.get(version);
    if (!found) versions.set(version, (found = Bitmap.empty(snapshot.size)));
    found.add(number);
  }
  return versions;
}
