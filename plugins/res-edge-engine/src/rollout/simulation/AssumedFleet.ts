import { Bitmap } from '../../bitmap';
import { ReportedRelease } from '../RolloutWorld';
import { RolloutSimulationInput } from './SimulatedRollout';

/** A fleet that gets a release and reports, as a simulation assumes it. @internal */
export class AssumedFleet {
  readonly delivered: Bitmap;
  readonly #reported?: ReportedRelease;
  /** Reports to come, in order. */
  readonly #pending: { readonly at: number; readonly clusters: Bitmap }[] = [];

  constructor(
    private readonly input: Pick<
      RolloutSimulationInput,
      'assumptions' | 'delivered' | 'from' | 'reported'
    >,
  ) {
    const { delivered, reported, from } = input;
    this.delivered = delivered.clone();
    if (!reported) return;
    const { healthy, failed, unreachable } = reported;
    this.#reported = {
      healthy: healthy.clone(),
      failed: failed.clone(),
      unreachable,
    };
    this.expectReports(
      delivered.clone().andNot(healthy).andNot(failed),
      from.getTime(),
    );
  }

  get reported(): ReportedRelease | undefined {
    return this.#reported;
  }

  /** When the next report comes. */
  get nextReport(): number {
    return this.#pending[0]?.at ?? Infinity;
  }

  /** Takes in what is reported by then. */
  hear(time: number): void {
    while (this.nextReport <= time) {
      const { clusters } = this.#pending.shift()!;
      const { healthy, failed } = this.#reported!;
      clusters.and(this.delivered);
      failed.or(clusters.clone().and(this.input.assumptions.failing));
      healthy.or(clusters.andNot(this.input.assumptions.failing));
    }
  }

  deliver(clusters: Bitmap, time: number): void {
    this.delivered.or(clusters);
    if (this.#reported) this.expectReports(clusters, time);
  }

  takeBack(clusters: Bitmap): void {
    this.delivered.andNot(clusters);
    this.#reported?.healthy.andNot(clusters);
    this.#reported?.failed.andNot(clusters);
  }

  private expectReports(told: Bitmap, time: number): void {
    const clusters = told.clone().andNot(this.#reported!.unreachable);
    if (clusters.isEmpty()) return;
    const at = time + this.input.assumptions.reportAfter;
    this.#pending.push({ at, clusters });
  }
}
