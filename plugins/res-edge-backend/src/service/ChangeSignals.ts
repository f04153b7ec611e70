import { LoggerService } from '@backstage/backend-plugin-api';
import { SignalsService } from '@backstage/plugin-signals-node';
import { EDGE_KINDS } from '@res-edge/backstage-plugin-res-edge-common';
import { AuditLog } from '../database';

/** The channel on which open pages hear that they should read again. */
const CHANNEL = 'res-edge';
/** Of more changes at once, any kind may be one. */
const MAX_CHANGES = 1_000;

/**
 * Tells open pages that there is something new, and which kinds of entities changed: never which ones, because everybody
 * hears it.
 *
 * @internal
 */
export class ChangeSignals {
  private told?: number;

  private constructor(
    private readonly audit: Pick<AuditLog, 'changesSince'>,
    private readonly signals: SignalsService,
    private readonly logger: LoggerService,
  ) {}

  static create(options: {
    audit: Pick<AuditLog, 'changesSince'>;
    signals: SignalsService;
    logger: LoggerService;
  }): ChangeSignals {
    const { audit, signals, logger } = options;
    return new ChangeSignals(audit, signals, logger);
  }

  /** @param revision - of the inventory, as the latest view has it; undefined where there is none yet */
  tell(revision: number | undefined): void {
    this.publish(revision).catch(error =>
      this.logger.debug('Changes could not be signalled', error),
    );
  }

  private async publish(revision: number | undefined): Promise<void> {
    const since = this.told;
    this.told = revision;
    const kinds = await this.kindsSince(since, revision);
    await this.signals.publish({
      recipients: { type: 'broadcast' },
      channel: CHANNEL,
      message: {
        action: 'changed',
        kinds,
        ...(revision !== undefined && { revision }),
      },
    });
  }

  private async kindsSince(
    since: number | undefined,
    revision: number | undefined,
  ): Promise<string[]> {
    if (since === undefined || revision === undefined) return [...EDGE_KINDS];
    if (since === revision) return [];
    const notes = await this.audit.changesSince(
      { revision: since },
      MAX_CHANGES,
    );
    return !notes || notes.length === MAX_CHANGES
      ? [...EDGE_KINDS]
      : [...new Set(notes.map(({ kind }) => kind))].sort();
  }
}
