import {
  Baseline,
  BaselineReader,
  decide,
  DecideInput,
  decideNext,
  DeliveredShard,
  Plan,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { InventoryStore } from '../database';
import { Delivery } from './Delivery';
import { createExclusive } from './exclusive';
import { MainBranch } from './MainBranch';
import { PlannedMain } from './PlannedMain';
import {
  Registration,
  registrationAfter,
  toRegistration,
} from './Registration';

type ReadInventory = Pick<InventoryStore, 'load' | 'revision' | 'changedSince'>;

/**
 * Reads inventory, main and delivery, each only where it moved, and decides.
 *
 * @internal
 */
export class Planner {
  readonly #exclusive = createExclusive();
  readonly #baseline = BaselineReader.create();
  #inventory?: { registration: Registration; snapshot: Snapshot };
  #last?: { input: DecideInput; plan: Plan };

  private constructor(
    private readonly inventory: ReadInventory,
    private readonly main: MainBranch,
    private readonly delivery: Delivery,
    private readonly now: () => Date,
  ) {}

  static create(options: {
    inventory: ReadInventory;
    main: MainBranch;
    delivery: Delivery;
    now: () => Date;
  }): Planner {
    const { inventory, main, delivery, now } = options;
    return new Planner(inventory, main, delivery, now);
  }

  /** The plan as everything stands now; those who ask at the same time are answered one after another. */
  async plan(): Promise<PlannedMain> {
    return this.#exclusive(() => this.planNow());
  }

  private async planNow(): Promise<PlannedMain> {
    const { registration, snapshot } = await this.readInventory();
    const main = await this.main.read();
    const delivered = await this.delivery.read();
    const baseline = this.#baseline.read(delivered, snapshot);
    const { decisions } = main;
    const input = { snapshot, decisions, baseline, now: this.now() };
    const plan = this.#last ? decideNext(this.#last, input) : decide(input);
    this.#last = { input, plan };
    return { registration, main, input, plan, delivered };
  }

  /** What runs where, by the numbers of a snapshot that is not to be planned next. */
  foreseenBaseline(
    delivered: ReadonlyMap<string, DeliveredShard>,
    snapshot: Snapshot,
  ): Baseline {
    return this.#baseline.fork().read(delivered, snapshot);
  }

  /** Read where it moved; the snapshot follows the one before, which costs as little as what changed. */
  private async readInventory(): Promise<{
    registration: Registration;
    snapshot: Snapshot;
  }> {
    const before = this.#inventory;
    const revision = await this.inventory.revision();
    if (before?.registration.revision === revision) return before;
    const difference =
      before &&
      (await this.inventory.changedSince(before.registration.revision));
    if (difference) {
      const next = registrationAfter(before.registration, difference);
      this.#inventory = {
        registration: next.registration,
        snapshot: before.snapshot.update(next.changes),
      };
    } else {
      const registration = toRegistration(await this.inventory.load());
      const snapshot = Snapshot.create(registration.inventory);
      this.#inventory = { registration, snapshot };
    }
    return this.#inventory;
  }
}
