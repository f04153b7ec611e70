import { approverRef } from '@res-edge/backstage-plugin-res-edge-common';
import {
  Rollout,
  RolloutMove,
  subjectContent,
} from '@res-edge/backstage-plugin-res-edge-engine';
import {
  AuditLog,
  InventoryStore,
  RolloutStore,
  StoredRollout,
} from '../database';
import { Message, Notifier } from '../notifications';

/** More words of one application than this are not looked through for who asked for a version. */
const MAX_ENTRIES_READ = 200;

type News = Pick<Message, 'title' | 'severity'>;

/** `imdb 1.4.2`, or `content of namespace imdb`, whose version says nobody anything. */
function nameOf({ application, version }: Rollout): string {
  const content = subjectContent(application);
  if (!content) return `${application} ${version}`;
  const word = content.kind === 'EdgeGroup' ? 'group' : 'namespace';
  return `content of ${word} ${content.name}`;
}

/** What people hear of where a rollout as a whole gets there; of other steps they hear nothing. */
const NEWS: Partial<Record<string, (rollout: Rollout) => News>> = {
  stopped: rollout => ({
    title: `The rollout of ${nameOf(rollout)} has stopped`,
    severity: 'high',
  }),
  'rolling-back': rollout => ({
    title: `${nameOf(rollout)} is taken back`,
    severity: 'high',
  }),
  'rolled-back': rollout => ({
    title: `${nameOf(rollout)} was taken back everywhere`,
    severity: 'normal',
  }),
  aborted: rollout => ({
    title: `The rollout of ${nameOf(rollout)} was aborted`,
    severity: 'normal',
  }),
  done: rollout => ({
    title: `${nameOf(rollout)} has been through all its rings`,
    severity: 'low',
  }),
  overtaken: rollout => ({
    title: `A newer one took the place of ${nameOf(rollout)}`,
    severity: 'low',
  }),
};

/**
 * Tells the owner of an application, and who asked for the version, of rollouts that need them or have come to an end: of each move
 * once, when it is stored.
 *
 * @internal
 */
export class RolloutNews {
  private constructor(
    private readonly notifier: Notifier,
    private readonly inventory: Pick<InventoryStore, 'get'>,
    private readonly audit: Pick<AuditLog, 'list'>,
  ) {}

  static create(options: {
    notifier: Notifier;
    inventory: Pick<InventoryStore, 'get'>;
    audit: Pick<AuditLog, 'list'>;
  }): RolloutNews {
    return new RolloutNews(options.notifier, options.inventory, options.audit);
  }

  /** The same store, where people hear of what is saved. */
  from(store: RolloutStore): RolloutStore {
    return {
      latest: () => store.latest(),
      get: id => store.get(id),
      moves: id => store.moves(id),
      lastMoves: () => store.lastMoves(),
      gateReadings: ids => store.gateReadings(ids),
      save: async (stored, moves) => {
        await store.save(stored, moves);
        for (const move of moves) await this.tellMove(stored, move);
      },
    };
  }

  /** @param request - what a person has to merge: `Promote imdb 1.0.1 to pilot` */
  async tellWaiting(
    { id, rollout }: StoredRollout,
    request: string,
  ): Promise<void> {
    const { application, version } = rollout;
    await this.notifier.tell({
      to: await this.concerned(rollout),
      title: `The rollout of ${application} ${version} waits for a person`,
      description: request,
      link: linkOf(id),
      severity: 'normal',
    });
  }

  private async tellMove(
    { id, rollout }: StoredRollout,
    { ring, to, cause, actor }: RolloutMove,
  ): Promise<void> {
    const news = ring === undefined ? NEWS[to] : undefined;
    if (!news) return;
    await this.notifier.tell({
      ...news(rollout),
      to: await this.concerned(rollout),
      ...(actor !== undefined && { except: actor }),
      description: cause,
      link: linkOf(id),
    });
  }

  private async concerned({
    application,
    version,
  }: Rollout): Promise<readonly string[]> {
    const { kind, name } = subjectContent(application) ?? {
      ...{ kind: 'EdgeApplication' as const, name: application },
    };
    const record = await this.inventory.get(kind, name);
    const owner = record?.entity.spec.owner;
    const { items } = await this.audit.list(
      { kind, name },
      { limit: MAX_ENTRIES_READ },
    );
    const asked = items.find(
      ({ before, after }) =>
        versionOf(after) === version && versionOf(before) !== version,
    )?.actor;
    return [
      ...(owner === undefined ? [] : [approverRef(owner)]),
      // YAML is read by a plugin, which nobody can tell anything.
      ...(asked?.startsWith('user:') ? [asked] : []),
    ];
  }
}

function linkOf(id: string): string {
  return `/res-edge/rollouts/${encodeURIComponent(id)}`;
}

/** What an entity of the audit log has as its version. */
function versionOf(entity: unknown): unknown {
  return (entity as { spec?: { version?: unknown } } | undefined)?.spec
    ?.version;
}
