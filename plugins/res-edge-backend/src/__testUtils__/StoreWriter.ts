import { setTimeout as sleep } from 'node:timers/promises';

/** A write that some replica said was made. @internal */
export interface AcknowledgedWrite {
  readonly name: string;
  readonly title: string;
  /** The inventory's revision at which it was made. */
  readonly revision: number;
}

/**
 * A client that writes clusters of its own, one write after another, each by another replica. What is not answered, because
 * the replica dies, it asks of the next one.
 *
 * @internal
 */
export class StoreWriter {
  readonly acknowledged: AcknowledgedWrite[] = [];
  /** The title of each of its clusters, as it wrote it last; undefined where it was deleted. */
  readonly expected = new Map<string, string | undefined>();

  constructor(
    private readonly prefix: string,
    private readonly random: () => number,
    /** The URLs of the replicas that live now. */
    private readonly urls: () => string[],
  ) {}

  async writeUntil(isOver: () => boolean): Promise<void> {
    for (let number = 0; !isOver(); number++) {
      const name = `${this.prefix}-${this.pick([1, 2, 3])}`;
      if (this.expected.get(name) && this.random() < 0.2) {
        await this.ask(name, { method: 'DELETE' });
        this.expected.set(name, undefined);
      } else {
        await this.put(name, `${this.prefix} ${number}`);
      }
      await sleep(20 + 80 * this.random());
    }
  }

  private async put(name: string, title: string): Promise<void> {
    const group = this.pick(['stores.west.wa.sea', 'stores.central.la.nola']);
    const response = await this.ask(name, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        apiVersion: 'res-edge.io/v1alpha1',
        kind: 'EdgeCluster',
        metadata: {
          name,
          title,
          labels: {
            ...{ region: 'central', state: 'la', city: 'nola', type: 'store' },
            ring: this.pick(['beta', 'prod']),
          },
        },
        spec: {
          owner: 'group:default/store-operations',
          environment: 'prod',
          groups: [group],
          timeZone: 'America/Chicago',
          values: { posHost: '10.1.1.10', storeNumber: '1' },
        },
      }),
    });
    const { etag } = await response.json();
    this.expected.set(name, title);
    const revision = Number(JSON.parse(etag));
    this.acknowledged.push({ name, title, revision });
  }

  /** Until a replica answers. */
  private async ask(name: string, init: RequestInit): Promise<Response> {
    for (;;) {
      try {
        const response = await fetch(
          `${this.pick(
            this.urls(),
          )}/api/res-edge/v1/entities/EdgeCluster/${name}`,
          init,
        );
        // What was deleted by the try before, which was not answered, is gone.
        if (
          response.ok ||
          (init.method === 'DELETE' && response.status === 404)
        )
          return response;
        if (response.status < 500) {
          throw new Error(`${response.status} ${await response.text()}`);
        }
      } catch (error) {
        if (!isUnanswered(error)) throw error;
      }
      await sleep(100);
    }
  }

  private pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.random() * items.length)];
  }
}

/** What fetch throws where a connection is refused or breaks; its class is another one than that of the test. */
function isUnanswered(error: unknown): boolean {
  return (error as Error).name === 'TypeError';
}
