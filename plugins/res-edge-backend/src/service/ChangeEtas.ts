import { LoggerService } from '@backstage/backend-plugin-api';
import { ChangeEta } from '@res-edge/backstage-plugin-res-edge-common';
import {
  isEnded,
  namespaceSubject,
  releaseOn,
  Rollout,
  subjectPolicy,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { RolloutStore } from '../database';
import { VisibleFleet } from '../permissions';
import { Fleet } from './FleetView';
import { RolloutEtas, RolloutTimes } from './RolloutEtas';

/** When what rolls out of an application, or of its namespace's content, is expected on a cluster; undefined where none is to come, or nobody knows yet. @internal */
export type EtaOn = (
  application: string,
  cluster: number,
) => ChangeEta | undefined;

/** When releases, and content, that roll out are expected on the clusters that miss them. @internal */
export class ChangeEtas {
  private constructor(
    private readonly rollouts: Pick<RolloutStore, 'latest'>,
    private readonly etas: RolloutEtas,
  ) {}

  static create(options: {
    fleet: Pick<Fleet, 'view' | 'simulateRollout'>;
    rollouts: Pick<RolloutStore, 'latest'>;
    logger?: Pick<LoggerService, 'error'>;
  }): ChangeEtas {
    const { fleet, logger, rollouts } = options;
    return new ChangeEtas(rollouts, RolloutEtas.create(fleet, logger));
  }

  /**
   * Looks for the times of some applications.
   *
   * @param clusters - that will be asked about: nothing is looked for where none of them misses a release
   */
  async of(
    fleet: VisibleFleet,
    applications: readonly string[],
    clusters: Iterable<number>,
  ): Promise<EtaOn> {
    const numbers = [...clusters];
    const latest = (await this.rollouts.latest())
      .map(({ rollout }) => rollout)
      .filter(
        rollout =>
          !isEnded(rollout) &&
          applications.some(
            name =>
              subjectsOf(fleet, name).includes(rollout.application) &&
              numbers.some(cluster => isToCome(fleet, rollout, name, cluster)),
          ),
      );
    const times = await this.etas.of(latest);
    return (application, cluster) => {
      for (const subject of subjectsOf(fleet, application)) {
        const rollout = latest.find(each => each.application === subject);
        const known = times.get(subject);
        if (rollout && known && isToCome(fleet, rollout, application, cluster))
          return expectedOn(fleet, { application, rollout, known, cluster });
      }
      return undefined;
    };
  }

  /** What is said of applications on a cluster that there is, with when their releases are expected. */
  async add<Row extends { readonly application: string }>(
    fleet: VisibleFleet,
    cluster: string,
    rows: readonly Row[],
  ): Promise<(Row & { eta?: ChangeEta })[]> {
    const number = fleet.numberOf(cluster)!;
    const names = rows.map(({ application }) => application);
    const etaOn = await this.of(fleet, names, [number]);
    return rows.map(row => ({ ...row, eta: etaOn(row.application, number) }));
  }
}

/** What brings changes of an application: its own releases, and the content of its namespace. */
function subjectsOf(
  { view: { plan } }: VisibleFleet,
  application: string,
): string[] {
  const namespace = plan.applications.get(application)?.namespace;
  return namespace === undefined
    ? [application]
    : [application, namespaceSubject(namespace)];
}

function ringOf(
  { view: { decisions, plan } }: VisibleFleet,
  subject: string,
  cluster: number,
): string | undefined {
  return plan.rollouts
    .get(subjectPolicy(decisions, subject) ?? '')
    ?.rings.find(({ clusters }) => clusters.has(cluster))?.name;
}

/** Whether what rolls out is still to bring a change of the application there. */
function isToCome(
  fleet: VisibleFleet,
  { application: subject, phase, rings, version }: Rollout,
  application: string,
  cluster: number,
): boolean {
  const { delivered, holding, plan, snapshot } = fleet.view;
  const own = ringOf(fleet, subject, cluster);
  const ring = rings.find(({ name }) => name === own);
  const { pins = [] } = plan.applications.get(application) ?? {};
  // What an override pins waits for no rollout.
  const isPinned = pins.some(({ clusters }) => clusters.has(cluster));
  if (!ring || ring.phase === 'skipped' || phase === 'rolling-back')
    return false;
  if (isPinned || holding.undeliverable(application).has(cluster)) return false;
  if (holding.clusters(application).has(cluster)) return true;
  const { name } = snapshot.clusters[cluster].metadata;
  return (
    subject === application && delivered.version(name, application) !== version
  );
}

function expectedOn(
  fleet: VisibleFleet,
  asked: {
    application: string;
    rollout: Rollout;
    known: RolloutTimes;
    cluster: number;
  },
): ChangeEta | undefined {
  const { application, rollout, known, cluster } = asked;
  const { holding, plan, snapshot } = fleet.view;
  const { application: subject } = rollout;
  const isOwn = subject === application;
  const planned = plan.applications.get(application);
  const version = isOwn
    ? rollout.version
    : releaseOn(planned, cluster)?.release.version;
  const ring = known.rings.get(ringOf(fleet, subject, cluster) ?? '');
  const shown = {
    ...(version !== undefined && { version }),
    ...(ring?.startsAt !== undefined && { ringStartsAt: ring.startsAt }),
  };
  const arrival = known.arrivalOn(snapshot.clusters[cluster].metadata.name);
  if (arrival) return { ...shown, at: arrival.toISOString() };
  // Of content it may have come before, and another change waits.
  if (!isOwn) return undefined;
  const reason = ring?.reason ?? known.whole.reason;
  if (reason !== undefined) return { ...shown, reason: fleet.text(reason) };
  const { endsAt } = known.whole;
  if (endsAt === undefined || !planned?.placed.has(cluster)) return undefined;
  // The rollout does not wait for it: it comes as soon as it may afterwards.
  const opens = holding.opens(application, cluster, new Date(endsAt));
  return opens && { ...shown, at: opens.toISOString() };
}
