import { LoggerService } from '@backstage/backend-plugin-api';
import { ChangeEta } from '@res-edge/backstage-plugin-res-edge-common';
import {
  isEnded,
  ringOn,
  Rollout,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { RolloutStore } from '../database';
import { VisibleFleet } from '../permissions';
import { Fleet } from './FleetView';
import { RolloutEtas, RolloutTimes } from './RolloutEtas';

/** When the release that rolls out of an application is expected on a cluster; undefined where none is to come, or nobody knows yet. @internal */
export type EtaOn = (
  application: string,
  cluster: number,
) => ChangeEta | undefined;

/** When releases that roll out are expected on the clusters that miss them. @internal */
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
    const asked = new Set(applications);
    const numbers = [...clusters];
    const latest = (await this.rollouts.latest())
      .map(({ rollout }) => rollout)
      .filter(
        rollout =>
          asked.has(rollout.application) &&
          !isEnded(rollout) &&
          numbers.some(cluster => misses(fleet, rollout, cluster)),
      );
    const times = await this.etas.of(latest);
    const byName = new Map(latest.map(each => [each.application, each]));
    return (application, cluster) => {
      const rollout = byName.get(application);
      const known = times.get(application);
      return rollout && known && misses(fleet, rollout, cluster)
        ? expectedOn(fleet, rollout, known, cluster)
        : undefined;
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

function ringOf(
  { view: { decisions, plan } }: VisibleFleet,
  application: string,
  cluster: number,
): string | undefined {
  const entity = decisions.applications.get(application)?.entity;
  return entity && ringOn(plan, entity, cluster);
}

/** Whether the release is still to come there. */
function misses(
  fleet: VisibleFleet,
  { application, phase, rings, version }: Rollout,
  cluster: number,
): boolean {
  const { delivered, holding, plan, snapshot } = fleet.view;
  const own = ringOf(fleet, application, cluster);
  const ring = rings.find(({ name }) => name === own);
  const { pins = [] } = plan.applications.get(application) ?? {};
  // What an override pins waits for no rollout.
  const isPinned = pins.some(({ clusters }) => clusters.has(cluster));
  if (!ring || ring.phase === 'skipped' || isPinned) return false;
  const { name } = snapshot.clusters[cluster].metadata;
  return (
    phase !== 'rolling-back' &&
    (delivered.version(name, application) !== version ||
      holding.clusters(application).has(cluster))
  );
}

function expectedOn(
  fleet: VisibleFleet,
  { application, version }: Rollout,
  { arrivalOn, rings, whole }: RolloutTimes,
  cluster: number,
): ChangeEta | undefined {
  const { holding, plan, snapshot } = fleet.view;
  const ring = rings.get(ringOf(fleet, application, cluster) ?? '');
  const starts = ring?.startsAt;
  const ringStartsAt = starts !== undefined && { ringStartsAt: starts };
  const arrival = arrivalOn(snapshot.clusters[cluster].metadata.name);
  if (arrival) return { version, ...ringStartsAt, at: arrival.toISOString() };
  const reason = ring?.reason ?? whole.reason;
  if (reason !== undefined)
    return { version, ...ringStartsAt, reason: fleet.text(reason) };
  const isDue = plan.applications.get(application)?.placed.has(cluster);
  if (whole.endsAt === undefined || !isDue) return undefined;
  // The rollout does not wait for it: it comes as soon as it may afterwards.
  const opens = holding.opens(application, cluster, new Date(whole.endsAt));
  return opens && { version, ...ringStartsAt, at: opens.toISOString() };
}
