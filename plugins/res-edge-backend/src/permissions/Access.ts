import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  EdgeEntity,
  edgeEntityPermission,
  EdgeEntityAction,
  EdgeEntityPermission,
  EdgeKind,
} from '@res-edge/backstage-plugin-res-edge-common';
import { FleetView } from '../service/FleetView';
import { Grant } from './Grant';
import { proposedFacts } from './fleetFactsOf';
import { isGranted, ReadGrants, VisibleFleet } from './VisibleFleet';

/** Something that a caller wants to do to one entity. @internal */
export interface ProposedChange {
  readonly action: Exclude<EdgeEntityAction, 'read'>;
  readonly kind: EdgeKind;
  readonly name: string;
  /** As it is; left out where there is none. */
  readonly before?: EdgeEntity;
  /** As it would be; left out where it goes. */
  readonly after?: EdgeEntity;
}

/** Asks the policy about the caller; the answer has every permission. @internal */
export type AskPolicy = (
  permissions: readonly EdgeEntityPermission[],
) => Promise<ReadonlyMap<string, Grant>>;

/**
 * What one caller may do, by what the policy answered for this request.
 *
 * @internal
 */
export class Access {
  private latest?: VisibleFleet;

  constructor(
    /** Who calls: the reference of a user, or the name of a service. */
    readonly actor: string,
    /** With them others are asked in the caller's name. */
    readonly credentials: BackstageCredentials,
    /** By the permission's name, as far as they were asked for. */
    private readonly grants: Map<string, Grant>,
    private readonly reads: ReadGrants,
    private readonly ask: AskPolicy,
    private readonly view: () => FleetView,
    /** References of the user and of the groups that he is in; none of a service. */
    readonly identities: () => Promise<readonly string[]>,
    private readonly selectorSteps?: number,
  ) {}

  /**
   * The fleet as the caller may see it: the same one throughout the request.
   *
   * @throws ServiceUnavailableError before the first run
   */
  fleet(): VisibleFleet {
    this.latest ??= VisibleFleet.of(this.view(), this.reads, {
      selectorSteps: this.selectorSteps,
    });
    return this.latest;
  }

  /** A fleet that is not the latest, as the caller may see it. */
  fleetOf(view: FleetView): VisibleFleet {
    return VisibleFleet.of(view, this.reads);
  }

  /** Whether nothing at all is hidden from the caller. */
  get seesEverything(): boolean {
    return Object.values(this.reads).every(grant => grant === 'all');
  }

  /** Whether the caller has one of the operation's permissions, be it for some entities only. */
  allows(permission: string): boolean {
    return this.grant(permission) !== 'none';
  }

  /**
   * Whether the caller may read each of these, which need not be in the fleet: records that were just written, or are gone.
   */
  canRead(entities: readonly EdgeEntity[]): boolean[] {
    return this.areGranted(
      entities.map(entity => ({ entity, grant: this.reads[entity.kind] })),
    );
  }

  /**
   * What stands against each change: it is judged by what the entity is and by what it would be, so that nobody can move
   * something into his own reach, or out of it. The policy is asked where the operation does not name the permission.
   *
   * @returns for each change a NotFoundError where the caller may not see what there is, a NotAllowedError where he may
   * not do it, or undefined
   */
  async review(
    changes: readonly ProposedChange[],
  ): Promise<(Error | undefined)[]> {
    await this.load(changes);
    const granted = (
      entityOf: (change: ProposedChange) => EdgeEntity | undefined,
      grantOf: (change: ProposedChange) => Grant,
    ) =>
      this.areGranted(
        changes.map(change => ({
          entity: entityOf(change),
          grant: grantOf(change),
        })),
      );
    const byAction = ({ kind, action }: ProposedChange) =>
      this.grant(edgeEntityPermission(kind, action).name);
    const seen = granted(
      ({ before }) => before,
      ({ kind }) => this.reads[kind],
    );
    const before = granted(
      change => (change.action === 'create' ? undefined : change.before),
      byAction,
    );
    const after = granted(change => change.after, byAction);
    return changes.map((change, index) => {
      const { action, kind, name } = change;
      const hidden = change.before !== undefined && !seen[index];
      if (hidden && action !== 'create') {
        return new NotFoundError(`No ${kind} '${name}' is registered`);
      }
      // A name that something hidden has is refused as if the permission did not reach there.
      if (hidden || !before[index] || !after[index]) {
        const permission = edgeEntityPermission(kind, action).name;
        return new NotAllowedError(
          `This needs the permission '${permission}' for ${kind} '${name}'`,
        );
      }
      return undefined;
    });
  }

  /** @throws what {@link Access.review} says first */
  async check(changes: readonly ProposedChange[]): Promise<void> {
    const errors = await this.review(changes);
    const error = errors.find(found => found !== undefined);
    if (error) {
      throw error;
    }
  }

  private async load(changes: readonly ProposedChange[]): Promise<void> {
    const missing = new Set(
      changes
        .map(({ kind, action }) => edgeEntityPermission(kind, action))
        .filter(({ name }) => !this.grants.has(name)),
    );
    if (missing.size > 0) {
      for (const [name, grant] of await this.ask([...missing])) {
        this.grants.set(name, grant);
      }
    }
  }

  private grant(permission: string): Grant {
    return this.grants.get(permission) ?? 'none';
  }

  /** Where there is no entity, nothing stands against it as long as the permission is not refused as a whole. */
  private areGranted(
    asked: readonly { entity: EdgeEntity | undefined; grant: Grant }[],
  ): boolean[] {
    const result = asked.map(
      ({ entity, grant }) => grant === 'all' || (!entity && grant !== 'none'),
    );
    let open = asked
      .map(({ entity, grant }, index) => ({ entity, grant, index }))
      .filter(
        (item): item is { entity: EdgeEntity; grant: Grant; index: number } =>
          item.entity !== undefined &&
          item.grant !== 'all' &&
          item.grant !== 'none',
      );
    // Facts are about one entity of each name: a batch that names one twice is looked at in rounds.
    while (open.length > 0) {
      const round = new Map<string, (typeof open)[number]>();
      const left: typeof open = [];
      for (const item of open) {
        const key = `${item.entity.kind} ${item.entity.metadata.name}`;
        if (round.has(key)) {
          left.push(item);
        } else {
          round.set(key, item);
        }
      }
      const items = [...round.values()];
      const facts = proposedFacts(
        this.view(),
        items.map(({ entity }) => entity),
      );
      for (const { entity, grant, index } of items) {
        result[index] = isGranted(facts, grant, entity);
      }
      open = left;
    }
    return result;
  }
}
