import { AuthService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { edgeKindOf } from '@res-edge/backstage-plugin-res-edge-common';
import {
  InventoryStore,
  RegistrationProblemStore,
  StoredProblem,
} from '../database';
import { originOf } from '../util/originOf';
import { catalogProblem, catalogProblems } from './catalogProblems';

/** On which the catalog tells of what it could not process, each time that it tries. @internal */
export const CATALOG_ERRORS_TOPIC = 'experimental.catalog.errors';

/** On which it tells of a name that two locations register, once. @internal */
export const CATALOG_CONFLICTS_TOPIC = 'experimental.catalog.conflict';

const SOURCE = 'catalog error of ';
const CONFLICT_SOURCE = 'catalog conflict of ';
const MAX_ERRORS = 10;
/** The catalog tells of an error some time before it serves it. */
const GRACE_MILLISECONDS = 5 * 60_000;
/** What is told of no more was deleted; a catalog tries more often than this. */
const RETENTION_MILLISECONDS = 24 * 60 * 60_000;
/** Of a conflict nothing tells that it is over. */
const CONFLICT_RETENTION_MILLISECONDS = 7 * RETENTION_MILLISECONDS;

/**
 * Remembers what the catalog could not process and therefore does not serve: entities that are wrong from the start, and
 * files that cannot be read.
 *
 * @internal
 */
export class CatalogErrors {
  /**
   * @param options - `isOurs`: whether entities of Res-Edge may be registered at a location; `now`: another clock, for tests
   */
  static create(options: {
    catalog: CatalogService;
    auth: AuthService;
    store: RegistrationProblemStore;
    inventory: Pick<InventoryStore, 'get'>;
    isOurs: (location: string) => boolean;
    now?: () => number;
  }): CatalogErrors {
    return new CatalogErrors(
      options.catalog,
      options.auth,
      options.store,
      options.inventory,
      options.isOurs,
      options.now ?? Date.now,
    );
  }

  private constructor(
    private readonly catalog: CatalogService,
    private readonly auth: AuthService,
    private readonly store: RegistrationProblemStore,
    private readonly inventory: Pick<InventoryStore, 'get'>,
    private readonly isOurs: (location: string) => boolean,
    private readonly now: () => number,
  ) {}

  /** Takes an event of {@link CATALOG_ERRORS_TOPIC}; says whether it told anything new. */
  async note(payload: unknown): Promise<boolean> {
    const { entity, location, errors } = (payload ?? {}) as {
      [Key in 'entity' | 'location' | 'errors']?: unknown;
    };
    if (typeof entity !== 'string' || !Array.isArray(errors)) return false;
    if (!isEdgeRef(entity)) {
      const isFile = parseEntityRef(entity).kind.toLowerCase() === 'location';
      const here = typeof location === 'string' && this.isOurs(location);
      if (!isFile || !here) return false;
    }
    return this.store.replace(
      SOURCE + entity,
      errors
        .slice(0, MAX_ERRORS)
        .map(error => catalogProblem(entity, messageOf(error))),
    );
  }

  /** Takes an event of {@link CATALOG_CONFLICTS_TOPIC}; says whether it told anything new. */
  async noteConflict(payload: unknown): Promise<boolean> {
    const { entityRef, newLocationKey, existingLocationKey } = (payload ??
      {}) as { [key: string]: unknown };
    if (
      typeof entityRef !== 'string' ||
      typeof newLocationKey !== 'string' ||
      typeof existingLocationKey !== 'string' ||
      !isEdgeRef(entityRef)
    ) {
      return false;
    }
    return this.store.replace(conflictSource(entityRef, existingLocationKey), [
      {
        entity: entityRef,
        field: 'metadata.name',
        message: `is registered twice: ${originOf(
          existingLocationKey,
        )} was first and counts, ${originOf(newLocationKey)} has no effect`,
      },
    ]);
  }

  /**
   * Forgets what is over.
   *
   * @param served - the entities of Res-Edge that the catalog serves, with their locations: what is wrong with them, it
   * says itself
   * @returns whether there was any
   */
  async settle(
    served: ReadonlyMap<string, string | undefined>,
  ): Promise<boolean> {
    const open = new Map<string, StoredProblem>();
    const conflicts: StoredProblem[] = [];
    for (const problem of await this.store.list()) {
      const { source, entity } = problem;
      if (source.startsWith(SOURCE)) open.set(entity, problem);
      if (source.startsWith(CONFLICT_SOURCE)) conflicts.push(problem);
    }
    const age = ({ at }: StoredProblem) => this.now() - Date.parse(at);
    const files = [...open.values()].filter(
      problem =>
        !isEdgeRef(problem.entity) && age(problem) > GRACE_MILLISECONDS,
    );
    const healthy = await this.healthy(files.map(({ entity }) => entity));
    const over: StoredProblem[] = [];
    for (const problem of open.values()) {
      const { entity } = problem;
      if (
        served.has(entity) ||
        healthy.has(entity) ||
        age(problem) > RETENTION_MILLISECONDS ||
        (await this.wasServed(entity))
      ) {
        over.push(problem);
      }
    }
    const settled = conflicts.filter(problem => {
      const location = served.get(problem.entity);
      return (
        age(problem) > CONFLICT_RETENTION_MILLISECONDS ||
        (location !== undefined &&
          problem.source !== conflictSource(problem.entity, location))
      );
    });
    return this.store.remove([...over, ...settled].map(({ source }) => source));
  }

  /** Whether the inventory has it from the catalog: what that does not serve any more is gone there. */
  private async wasServed(ref: string): Promise<boolean> {
    const { kind, name } = parseEntityRef(ref);
    const edgeKind = edgeKindOf(kind);
    const record = edgeKind && (await this.inventory.get(edgeKind, name));
    return record?.origin.type === 'catalog';
  }

  /** Those that the catalog serves, and says nothing against. */
  private async healthy(entityRefs: string[]): Promise<Set<string>> {
    if (entityRefs.length === 0) return new Set();
    const { items } = await this.catalog.getEntitiesByRefs(
      { entityRefs, fields: ['kind', 'metadata', 'status'] },
      { credentials: await this.auth.getOwnServiceCredentials() },
    );
    return new Set(
      entityRefs.filter((_, index) => {
        const entity = items[index];
        return entity && catalogProblems(entity).length === 0;
      }),
    );
  }
}

/** Names who was first: when another one has the name, the conflict is over. */
function conflictSource(entityRef: string, first: string): string {
  return `${CONFLICT_SOURCE}${entityRef} with ${first}`;
}

function isEdgeRef(ref: string): boolean {
  return edgeKindOf(parseEntityRef(ref).kind) !== undefined;
}

function messageOf(error: unknown): string {
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : 'it does not say why';
}
