import {
  FleetSummary,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { HeldChanges } from '@res-edge/backstage-plugin-res-edge-engine';
import { JsonObject } from '@backstage/types';
import { Lease, StateStore } from '../database';

const DELIVERY = 'delivery';
const FINDINGS = 'findings';

/** How the last delivery went, and the last one that changed something. */
type DeliveryNote = FleetSummary['delivery'] & { planId?: string };

/** What the replica that plans has found and others cannot find out by themselves. */
interface Found {
  /** Of what the inventory asks of main. */
  readonly intentProblems: readonly Problem[];
  readonly deliveryProblems: readonly Problem[];
  /** What the last delivery kept back. */
  readonly held: HeldChanges;
  /** What could not be made for clusters, whatever waits. */
  readonly undeliverable: HeldChanges;
}

type HeldLists = [string, readonly string[]][];

/** {@link Found} as JSON. */
type FoundText = {
  intentProblems: Problem[];
  deliveryProblems: Problem[];
  held: HeldText;
  /** Of older versions there is none. */
  undeliverable?: HeldText;
};
type HeldText = {
  applications: HeldLists;
  namespaces: HeldLists;
  groups?: HeldLists;
};

const NONE: HeldChanges = { applications: new Map(), namespaces: new Map() };
const NOTHING: Found = {
  intentProblems: [],
  deliveryProblems: [],
  held: NONE,
  undeliverable: NONE,
};

/**
 * What the replica that plans has found, for all replicas and for itself after a restart: in the database, with a counter
 * that tells when to read it again.
 *
 * @internal
 */
export class Findings {
  #delivery: DeliveryNote = { shards: 0, clusters: 0, state: 'never' };
  #found = NOTHING;
  /** Of what was read or written last. */
  #count = -1;

  private constructor(private readonly state: StateStore) {}

  static create(options: { state: StateStore }): Findings {
    return new Findings(options.state);
  }

  delivery(): DeliveryNote {
    return this.#delivery;
  }

  found(): Found {
    return this.#found;
  }

  /** Reads what is newer. */
  async read(): Promise<void> {
    const { findings } = await this.state.counters();
    if (findings === this.#count) return;
    const delivery = await this.state.get<DeliveryNote>(DELIVERY);
    const found = (await this.state.get<JsonObject>(FINDINGS)) as
      | FoundText
      | undefined;
    if (delivery) this.#delivery = delivery;
    if (found) {
      this.#found = {
        ...found,
        held: fromText(found.held),
        undeliverable: found.undeliverable
          ? fromText(found.undeliverable)
          : NONE,
      };
    }
    this.#count = findings;
  }

  /** @throws ConflictError where the lease is another replica's by now */
  async noteDelivery(
    change: Partial<DeliveryNote>,
    lease: Lease,
  ): Promise<void> {
    await this.read();
    this.#delivery = { ...this.#delivery, ...change };
    await this.state.set(DELIVERY, this.#delivery, lease);
    await this.tell();
  }

  /** @throws ConflictError where the lease is another replica's by now */
  async note(found: Found, lease: Lease): Promise<void> {
    this.#found = found;
    const text: FoundText = {
      intentProblems: [...found.intentProblems],
      deliveryProblems: [...found.deliveryProblems],
      held: toText(found.held),
      undeliverable: toText(found.undeliverable),
    };
    await this.state.set(FINDINGS, text as {}, lease);
  }

  private async tell(): Promise<void> {
    const count = await this.state.count('findings');
    // What this replica wrote it need not read; others may have written between.
    if (count === this.#count + 1) this.#count = count;
  }
}

function toText({ applications, namespaces, groups }: HeldChanges): HeldText {
  return {
    applications: [...applications],
    namespaces: [...namespaces],
    ...(groups && { groups: [...groups] }),
  };
}

function fromText({ applications, namespaces, groups }: HeldText): HeldChanges {
  return {
    applications: new Map(applications),
    namespaces: new Map(namespaces),
    ...(groups && { groups: new Map(groups) }),
  };
}
