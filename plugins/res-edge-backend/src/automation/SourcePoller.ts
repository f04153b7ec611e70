import { LoggerService } from '@backstage/backend-plugin-api';
import {
  EdgeApplicationEntity,
  entityRefOf,
  RemoteSource,
} from '@res-edge/backstage-plugin-res-edge-common';
import { parseDuration } from '@res-edge/backstage-plugin-res-edge-engine';
import {
  AuditLog,
  RegistrationProblemStore,
  SourcePollRecord,
  SourcePollStore,
} from '../database';
import { newestVersion } from '../sources';
import {
  checkFound,
  checkRegistered,
  foundVersions,
  polledSource,
  withFoundVersion,
} from './foundVersion';

/** Who asks for what was found. @internal */
export const POLLING_ACTOR = 'plugin:res-edge';
/** Whose problems these are. */
const PROBLEM_SOURCE = 'source-polls';
const MINUTE = 60_000;
const DEFAULT_INTERVAL = 60 * MINUTE;
const SHORTEST_INTERVAL = 5 * MINUTE;
const LONGEST_WAIT = 24 * 60 * MINUTE;
/** Each failure doubles the time till the next, so often at most. */
const MAX_DOUBLINGS = 5;
/** In one pass; the others have their turn in the next. */
const MAX_POLLS = 50;
const PARALLEL = 4;

interface Polled {
  readonly entity: EdgeApplicationEntity;
  readonly source: string;
  readonly known?: SourcePollRecord;
}

/**
 * Looks for newer versions of the sources that ask for it. What it finds is kept, and proposed by the next run as what is
 * registered is: by a change request, or merged at once where the place of registration says so.
 *
 * @internal
 */
export class SourcePoller {
  private constructor(
    private readonly options: {
      /** What is registered now; undefined until that is known. */
      readonly applications: () => readonly EdgeApplicationEntity[] | undefined;
      /** The versions that a source has, with whatever else it names. */
      readonly versions: (source: RemoteSource) => Promise<readonly string[]>;
      readonly store: SourcePollStore;
      readonly problems: Pick<RegistrationProblemStore, 'replace'>;
      readonly audit: Pick<AuditLog, 'append'>;
      readonly logger: LoggerService;
      /** Told where something is to be proposed, or said. */
      readonly onChange: (reason: string) => void;
      readonly now?: () => Date;
      /** From 0 to 1. */
      readonly random?: () => number;
    },
  ) {}

  static create(options: SourcePoller['options']): SourcePoller {
    return new SourcePoller(options);
  }

  /** Polls what is due. */
  async poll(): Promise<void> {
    const { applications, store, problems, onChange } = this.options;
    const registered = applications();
    if (!registered) return;
    const known = await foundVersions(store);
    const polled = registered.flatMap((entity): Polled[] => {
      const source = polledSource(entity);
      if (source === undefined) return [];
      const record = known.get(entity.metadata.name);
      const same = record?.source === source ? record : undefined;
      return [{ entity, source, known: same }];
    });
    const names = new Set(polled.map(({ entity }) => entity.metadata.name));
    await store.keepOnly(names);
    const now = this.now().toISOString();
    const due = polled
      .filter(each => (each.known?.nextAt ?? '') <= now)
      .sort((a, b) => (dueAt(a) < dueAt(b) ? -1 : 1))
      .slice(0, MAX_POLLS);
    await Promise.all(
      Array.from({ length: PARALLEL }, async () => {
        for (let next = due.shift(); next; next = due.shift()) {
          await this.pollOne(next);
        }
      }),
    );
    const failed = (await store.list()).flatMap(({ application, error }) =>
      error === undefined
        ? []
        : [
            {
              entity: entityRefOf('EdgeApplication', application),
              field: 'spec.source.poll',
              message: `newer versions are not found: ${error}`,
            },
          ],
    );
    if (await problems.replace(PROBLEM_SOURCE, failed)) {
      onChange('problems of polling');
    }
  }

  private async pollOne({ entity, source, known }: Polled): Promise<void> {
    const { store, logger } = this.options;
    const { name: application } = entity.metadata;
    const polledAt = this.now().toISOString();
    try {
      const found = await this.find(entity, known?.found);
      const isNew = found !== known?.found;
      const record = {
        ...{ application, source, found, polledAt, failures: 0 },
        foundAt: isNew ? polledAt : known?.foundAt,
        nextAt: this.after(entity, 0),
      };
      if (isNew) await this.tell(entity, known, record);
      await store.save(record);
      if (isNew) this.options.onChange(`${found} of ${application}`);
    } catch (error) {
      const isAsked = isPollable(entity);
      const failures = isAsked ? (known?.failures ?? 0) + 1 : 0;
      const message = error instanceof Error ? error.message : String(error);
      logger.warn(`Polling of application '${application}': ${message}`);
      await store.save({
        ...{ application, source, polledAt, failures, error: message },
        ...{ found: known?.found, foundAt: known?.foundAt },
        // What is wrong with the entity is soon put right.
        nextAt: isAsked
          ? this.after(entity, failures)
          : new Date(this.now().getTime() + SHORTEST_INTERVAL).toISOString(),
      });
    }
  }

  /** What was found once stays, where it is taken away from the source: nothing goes back by itself. */
  private async find(
    entity: EdgeApplicationEntity,
    before: string | undefined,
  ): Promise<string | undefined> {
    const { source } = entity.spec;
    if (!source.poll) return undefined;
    const { range } = source.poll;
    // What is wrong with the entity is said before anybody is asked.
    checkPoll(entity);
    const names = await this.options.versions(source);
    const kept = before === undefined ? [] : [before];
    const found = newestVersion([...kept, ...names], range);
    checkFound(entity, found);
    return found;
  }

  /** An entry of the audit log, where another version is asked for from now on. */
  private async tell(
    entity: EdgeApplicationEntity,
    before: SourcePollRecord | undefined,
    after: SourcePollRecord,
  ): Promise<void> {
    const [was, is] = [before, after].map(
      record => withFoundVersion(entity, record).spec.version,
    );
    if (was === is) return;
    await this.options.audit.append([
      {
        actor: POLLING_ACTOR,
        operation: 'poll',
        kind: 'EdgeApplication',
        name: entity.metadata.name,
        before: { version: was },
        after: { version: is },
      },
    ]);
  }

  /** When to poll next: not all at once, and later the more often it failed. */
  private after(entity: EdgeApplicationEntity, failures: number): string {
    const interval = intervalOf(entity);
    const doubled = interval * 2 ** Math.min(failures, MAX_DOUBLINGS);
    const wait = Math.min(doubled, Math.max(interval, LONGEST_WAIT));
    const spread = 0.9 + 0.2 * (this.options.random ?? Math.random)();
    return new Date(this.now().getTime() + wait * spread).toISOString();
  }

  private now(): Date {
    return this.options.now?.() ?? new Date();
  }
}

/** @throws InputError, CalendarError where nothing can be looked for */
function checkPoll({ spec: { source } }: EdgeApplicationEntity): void {
  if (!source.poll) return;
  const { range, interval } = source.poll;
  checkRegistered(source);
  newestVersion([], range);
  if (interval !== undefined) parseDuration(interval, 'interval');
}

function isPollable(entity: EdgeApplicationEntity): boolean {
  try {
    checkPoll(entity);
    return true;
  } catch {
    return false;
  }
}

function dueAt({ known }: Polled): string {
  return known?.nextAt ?? '';
}

function intervalOf({ spec }: EdgeApplicationEntity): number {
  const { interval } = spec.source.poll ?? {};
  if (interval === undefined) return DEFAULT_INTERVAL;
  try {
    return Math.max(parseDuration(interval, 'interval'), SHORTEST_INTERVAL);
  } catch {
    return DEFAULT_INTERVAL;
  }
}
