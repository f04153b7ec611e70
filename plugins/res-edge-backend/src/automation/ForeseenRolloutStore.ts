import { RolloutMove } from '@res-edge/backstage-plugin-res-edge-engine';
import { RolloutStore, StoredRollout } from '../database';

/** What is stored, with what is written on top of it kept for oneself. @internal */
export class ForeseenRolloutStore implements RolloutStore {
  /** By application. */
  readonly #written = new Map<string, StoredRollout>();

  private constructor(private readonly stored: RolloutStore) {}

  static create(stored: RolloutStore): RolloutStore {
    return new ForeseenRolloutStore(stored);
  }

  async latest(): Promise<StoredRollout[]> {
    const latest = new Map(
      (await this.stored.latest()).map(each => [
        each.rollout.application,
        each,
      ]),
    );
    return [...new Map([...latest, ...this.#written]).values()];
  }

  async get(id: string): Promise<StoredRollout> {
    const written = [...this.#written.values()].find(each => each.id === id);
    return written ?? this.stored.get(id);
  }

  async save(stored: StoredRollout): Promise<void> {
    this.#written.set(stored.rollout.application, stored);
  }

  async lastMoves(): ReturnType<RolloutStore['lastMoves']> {
    return this.stored.lastMoves();
  }

  async gateReadings(
    ids: readonly string[],
  ): ReturnType<RolloutStore['gateReadings']> {
    return this.stored.gateReadings(ids);
  }

  async moves(id: string): Promise<RolloutMove[]> {
    return this.stored.moves(id);
  }
}
