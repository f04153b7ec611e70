import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { InventoryChange, InventoryStore } from '../database';
import { AdmittedCatalog } from './AdmittedCatalog';

const DEFAULT_DELAY = 2_000;

/** What the audit log says of who wrote what the catalog holds. */
const ACTOR = 'plugin:res-edge';

// The catalog tells of a change when it has processed it, and serves it a moment later. A sync that comes too early
// finds nothing or not all, and is repeated after twice the delay, then four and eight times.
const FOLLOW_UPS = 3;

// While events keep coming, as when a fleet is registered, a sync waits for a pause; at most for so many delays.
const LONGEST_WAIT_IN_DELAYS = 10;

/**
 * Keeps the inventory equal to the catalog.
 *
 * @remarks
 * Events bring changes within seconds; a sweep on the scheduler brings deletions, which nothing tells of, and whatever
 * was missed. Syncs never overlap within a replica, and while events keep coming they wait for a pause, and take at most a third of the time.
 *
 * @internal
 */
export class InventorySync {
  private timer?: { handle: NodeJS.Timeout; isFollowUp: boolean };
  private firstTrigger?: number;
  private running: Promise<unknown> = Promise.resolve();
  private queued?: Promise<InventoryChange>;
  private lastDuration = 0;
  private stopped = false;

  /**
   * @param options - `onChange` is called after each sync that changed something; `delay` is how many milliseconds
   * events are gathered for
   */
  static create(options: {
    catalog: Pick<AdmittedCatalog, 'read'>;
    store: Pick<InventoryStore, 'replaceFromOrigin'>;
    logger: LoggerService;
    onChange: (change: InventoryChange) => void;
    delay?: number;
  }): InventorySync {
    return new InventorySync(
      options.catalog,
      options.store,
      options.logger,
      options.onChange,
      options.delay ?? DEFAULT_DELAY,
    );
  }

  private constructor(
    private readonly catalog: Pick<AdmittedCatalog, 'read'>,
    private readonly store: Pick<InventoryStore, 'replaceFromOrigin'>,
    private readonly logger: LoggerService,
    private readonly onChange: (change: InventoryChange) => void,
    private readonly delay: number,
  ) {}

  /** Asks for a sync soon: after a pause of one delay. What is asked for until it starts is done by the same one. */
  trigger(): void {
    const now = Date.now();
    this.firstTrigger ??= now;
    const mayWait =
      now - this.firstTrigger < LONGEST_WAIT_IN_DELAYS * this.delay;
    if (this.timer && (this.timer.isFollowUp || mayWait)) {
      clearTimeout(this.timer.handle);
      this.timer = undefined;
    }
    this.schedule(0);
  }

  /**
   * Syncs now, or as soon as the one that runs is done.
   *
   * @throws what the catalog or the store throws; then nothing was changed
   */
  sync(): Promise<InventoryChange> {
    this.queued ??= this.enqueue();
    return this.queued;
  }

  /** Ends what is scheduled and waits for what runs. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) {
      clearTimeout(this.timer.handle);
    }
    await this.running;
  }

  private enqueue(): Promise<InventoryChange> {
    const result = this.running.then(() => {
      this.queued = undefined; // who asks from here on may know of a later change
      return this.run();
    });
    this.running = result.catch(() => {});
    return result;
  }

  private async run(): Promise<InventoryChange> {
    const start = Date.now();
    try {
      const change = await this.store.replaceFromOrigin(
        { type: 'catalog' },
        await this.catalog.read(),
        { actor: ACTOR, operation: 'sync' },
      );
      if (change.added + change.changed + change.removed > 0) {
        this.logger.info(
          `Inventory revision ${change.revision}: ${change.added} added, ${change.changed} changed, ${change.removed} removed`,
        );
        this.onChange(change);
      }
      return change;
    } finally {
      this.lastDuration = Date.now() - start;
    }
  }

  private schedule(followUp: number): void {
    if (this.timer || this.stopped) {
      return;
    }
    const wait = Math.max(this.delay, 2 * this.lastDuration) * 2 ** followUp;
    const handle = setTimeout(() => {
      this.timer = undefined;
      this.firstTrigger = undefined;
      this.syncScheduled(followUp);
    }, wait);
    handle.unref();
    this.timer = { handle, isFollowUp: followUp > 0 };
  }

  private async syncScheduled(followUp: number): Promise<void> {
    try {
      const { added, changed, removed } = await this.sync();
      const found = added + changed + removed > 0;
      // What was found may be the first part of more: come once more, until nothing is found.
      if (found) this.schedule(FOLLOW_UPS);
      else if (followUp < FOLLOW_UPS) this.schedule(followUp + 1);
    } catch (error) {
      this.logger.warn(
        'The inventory could not be read from the catalog; the sweep tries again',
        toError(error),
      );
    }
  }
}
