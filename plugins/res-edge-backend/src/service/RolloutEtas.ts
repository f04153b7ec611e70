import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { RolloutEta } from '@res-edge/backstage-plugin-res-edge-common';
import { isEnded, Rollout } from '@res-edge/backstage-plugin-res-edge-engine';
import { Fleet, FleetView } from './FleetView';
import { ForeseenRollout } from './RolloutQuestion';

/** So far they are looked for. */
const DAYS = 31;
const REPORT_AFTER_MINUTES = 10;
/** Who asks waits so long for them, in milliseconds; what is not found by then is there when he asks again. */
const PATIENCE = 1000;
/** What can stand against one: its application or its rings are gone, or too many others ask. */
const EXPECTED = ['NotFoundError', 'InputError', 'ServiceUnavailableError'];

/** Shared by all who ask. */
const KNOWN = new WeakMap<
  FleetView,
  Map<string, Promise<RolloutTimes | undefined>>
>();

/** When a rollout and its rings are expected to begin and end. @internal */
export interface RolloutTimes extends Pick<ForeseenRollout, 'arrivalOn'> {
  readonly whole: RolloutEta;
  readonly rings: ReadonlyMap<string, RolloutEta>;
}

/**
 * When rollouts are expected to end: each is played until it is done, with a fleet in which all goes well and nobody is asked. Found
 * once for each view of the fleet and state of the rollout.
 *
 * @internal
 */
export class RolloutEtas {
  private constructor(
    private readonly fleet: Pick<Fleet, 'view' | 'simulateRollout'>,
    private readonly logger: Pick<LoggerService, 'error'> | undefined,
  ) {}

  /** @param logger - hears of what cannot be found; where left out, that is thrown */
  static create(
    fleet: Pick<Fleet, 'view' | 'simulateRollout'>,
    logger?: Pick<LoggerService, 'error'>,
  ): RolloutEtas {
    return new RolloutEtas(fleet, logger);
  }

  /** By subject, of those that are under way and can be told by now. */
  async of(
    rollouts: readonly Rollout[],
  ): Promise<ReadonlyMap<string, RolloutTimes>> {
    const found = new Map<string, RolloutTimes>();
    const search = async () => {
      for (const rollout of rollouts) {
        const times = isEnded(rollout) ? undefined : await this.find(rollout);
        if (times) found.set(rollout.application, times);
      }
    };
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>(resolve => {
      timer = setTimeout(resolve, PATIENCE);
    });
    try {
      await Promise.race([search(), patience]);
    } finally {
      clearTimeout(timer);
    }
    return new Map(found);
  }

  private async find(rollout: Rollout): Promise<RolloutTimes | undefined> {
    const view = this.fleet.view();
    if (!view) return undefined;
    let known = KNOWN.get(view);
    if (!known) KNOWN.set(view, (known = new Map()));
    const key = JSON.stringify(rollout);
    let times = known.get(key);
    if (!times) known.set(key, (times = this.play(rollout)));
    try {
      return await times;
    } catch (error) {
      known.delete(key);
      if (error instanceof Error && EXPECTED.includes(error.name))
        return undefined;
      // Whoever asks for rollouts gets them all the same.
      if (!this.logger) throw error;
      this.logger.error(
        `When the rollout of ${rollout.application} ends cannot be found`,
        toError(error),
      );
      return undefined;
    }
  }

  private async play({
    application,
    release,
  }: Rollout): Promise<RolloutTimes | undefined> {
    const played = await this.fleet.simulateRollout({
      ...{ application, days: DAYS, untilDone: true },
      assume: { reportAfter: REPORT_AFTER_MINUTES, failed: 0 },
    });
    return played.rollout.release === release ? timesOf(played) : undefined;
  }
}

function timesOf({
  arrivalOn,
  rollout,
  rings,
  waitsFor,
}: ForeseenRollout): RolloutTimes {
  const reason = waitsFor === undefined ? {} : { reason: waitsFor };
  return {
    arrivalOn,
    whole: rollout.phase === 'done' ? { endsAt: rollout.since } : reason,
    rings: new Map(
      rings.map(({ name, phase, startsAt, endsAt }) => [
        name,
        {
          ...(startsAt !== undefined && { startsAt }),
          ...(endsAt !== undefined && { endsAt }),
          ...(phase !== 'done' && phase !== 'skipped' && reason),
        },
      ]),
    ),
  };
}
