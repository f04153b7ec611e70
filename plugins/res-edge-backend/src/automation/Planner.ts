import {
  baselineOf,
  decide,
  DecideInput,
  decideNext,
  Plan,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { InventoryStore } from '../database';
import { Delivery } from './Delivery';
import { MainBranch } from './MainBranch';
import { PlannedMain } from './PlannedMain';
import { Registration, toRegistration } from './Registration';

/**
 * Reads inventory, main and delivery, each only where it moved, and decides.
 *
 * @internal
 */
export class Planner {
  #registration?: Registration;
  #last?: { input: DecideInput; plan: Plan };
  #snapshot?: { revision: number; snapshot: Snapshot };

  private constructor(
    private readonly inventory: InventoryStore,
    private readonly main: MainBranch,
    private readonly delivery: Delivery,
    private readonly now: () => Date,
  ) {}

  static create(options: {
    inventory: InventoryStore;
    main: MainBranch;
    delivery: Delivery;
    now: () => Date;
  }): Planner {
    const { inventory, main, delivery, now } = options;
    return new Planner(inventory, main, delivery, now);
  }

  /** The plan as everything stands now. */
  async plan(): Promise<PlannedMain> {
    const registration = await this.readRegistration();
    const { revision, inventory } = registration;
    if (this.#snapshot?.revision !== revision) {
      this.#snapshot = { revision, snapshot: Snapshot.create(inventory) };
    }
    const { snapshot } = this.#snapshot;
    const main = await this.main.read();
    const delivered = await this.delivery.read();
    const baseline = baselineOf(delivered, snapshot);
    const { decisions } = main;
    const input = { snapshot, decisions, baseline, now: this.now() };
    const plan = this.#last ? decideNext(this.#last, input) : decide(input);
    this.#last = { input, plan };
    return { registration, main, input, plan, delivered };
  }

  private async readRegistration(): Promise<Registration> {
    const revision = await this.inventory.revision();
    if (this.#registration?.revision !== revision) {
      const loaded = await this.inventory.load();
      this.#registration = toRegistration(loaded.revision, loaded.records);
    }
    return this.#registration;
  }
}
