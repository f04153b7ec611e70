import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { StatusSource } from '@res-edge/backstage-plugin-res-edge-node';
import { FleetStatus } from './FleetStatus';
import { toStatusReport } from './toStatusReport';

/** The sources that modules add. @internal */
export class StatusSources {
  readonly #sources = new Map<string, StatusSource>();

  static create(): StatusSources {
    return new StatusSources();
  }

  /** @throws where the name is taken */
  add(source: StatusSource): void {
    const name = source.getSourceName();
    if (this.#sources.has(name)) {
      throw new Error(`There are two sources of status called '${name}'`);
    }
    this.#sources.set(name, source);
  }

  /** Lets all of them begin. One that cannot is left out, and the others go on. */
  async connect(
    status: Pick<FleetStatus, 'receive'>,
    logger: LoggerService,
  ): Promise<void> {
    for (const [name, source] of this.#sources) {
      try {
        await source.connect(reports =>
          reports
            .map((report, index) =>
              toStatusReport({ ...report }, `reports[${index}]`),
            )
            .map(report => status.receive(report)),
        );
      } catch (error) {
        logger.error(
          `The source of status '${name}' does not begin`,
          toError(error),
        );
      }
    }
  }
}
