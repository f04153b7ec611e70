import {
  EDGE_KINDS,
  EdgeEntity,
  EdgeEntityError,
  EdgeKind,
  entityRefOf,
  isEdgeKind,
  Problem,
  RES_EDGE_API_VERSION,
  validateEdgeEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import path from 'node:path';
import { Fleet, Origin, placeOf } from './Fleet';

const API_GROUP = RES_EDGE_API_VERSION.split('/')[0];

/** What a document says that it is, whether it is valid or not. @internal */
export interface EntityHead {
  apiVersion?: unknown;
  kind?: unknown;
  name?: unknown;
}

/**
 * Collects entities as they are found. What is invalid is a problem and does not stop the others; of two with one name
 * the first counts.
 *
 * @internal
 */
export class FleetReader {
  private readonly entities = new Map<EdgeKind, EdgeEntity[]>(
    EDGE_KINDS.map(kind => [kind, []]),
  );
  private readonly origins = new Map<string, Origin>();
  private readonly problems: Problem[] = [];
  private readonly broken = new Set<string>();
  private readonly sources = new Set<string>();
  private complete = true;

  private constructor(private readonly folder: string) {}

  static create(folder: string): FleetReader {
    return new FleetReader(folder);
  }

  /** How many valid entities were found. */
  get size(): number {
    return this.origins.size;
  }

  /** Whether a folder is what an entity above it points at: its files are manifests, not entities. */
  isSource(folder: string): boolean {
    return this.sources.has(folder);
  }

  /** A value that was read; what is no entity of Res-Edge is passed over. */
  add(
    value: unknown,
    origin: Origin,
    lineOf?: (field: string) => number,
  ): void {
    const head = headOf(value);
    if (!isOurs(head)) return;
    this.noteSources(value, origin);
    let entity: EdgeEntity;
    try {
      entity = validateEdgeEntity(value);
    } catch (error) {
      const field = error instanceof EdgeEntityError ? error.field : '';
      const detail =
        error instanceof EdgeEntityError
          ? error.detail
          : (error as Error).message;
      const line = lineOf?.(field) ?? origin.line;
      this.reportBroken(head, { ...origin, line }, { field, message: detail });
      return;
    }
    const { kind } = entity;
    const { name } = entity.metadata;
    const ref = entityRefOf(kind, name);
    const first = this.origins.get(ref);
    if (first) {
      const field = 'metadata.name';
      const line = lineOf?.(field) ?? origin.line;
      this.problems.push({
        entity: ref,
        field,
        message: `there is an ${kind} '${name}' already, in ${placeOf(
          first,
        )}; this one has no effect (${placeOf({ ...origin, line })})`,
      });
      return;
    }
    this.origins.set(ref, origin);
    this.entities.get(kind)!.push(entity);
  }

  /** A document or line that cannot be read. */
  addBroken(
    head: EntityHead,
    origin: Origin,
    problem: { field: string; message: string },
  ): void {
    // What says that it is something else is not ours to judge.
    if (typeof head.apiVersion === 'string' && !isOurs(head)) return;
    this.reportBroken(head, origin, problem);
  }

  /** A file or folder of which nothing, or no more, can be read. */
  addUnreadable(file: string, message: string): void {
    this.complete = false;
    this.problems.push({
      entity: '',
      field: '',
      message: `${file}: ${message}`,
    });
  }

  finish(): Fleet {
    const all = <T extends EdgeEntity>(kind: T['kind']) =>
      this.entities.get(kind) as T[];
    return {
      folder: this.folder,
      inventory: {
        clusters: all('EdgeCluster'),
        groups: all('EdgeGroup'),
        namespaces: all('EdgeNamespace'),
        applications: all('EdgeApplication'),
        policies: all('EdgePolicy'),
      },
      origins: this.origins,
      problems: this.problems,
      broken: this.broken,
      complete: this.complete,
    };
  }

  private reportBroken(
    { kind, name }: EntityHead,
    origin: Origin,
    { field, message }: { field: string; message: string },
  ): void {
    const known =
      typeof kind === 'string' && isEdgeKind(kind) && typeof name === 'string';
    const entity = known ? entityRefOf(kind, name.slice(0, 253)) : '';
    if (known) this.broken.add(entity);
    else this.complete = false;
    const place = placeOf(origin);
    this.problems.push({ entity, field, message: `${message} (${place})` });
  }

  /** Only folders below the entity's own file: nothing else can be hidden by naming it. */
  private noteSources(value: unknown, { file }: Origin): void {
    const spec = own(value, 'spec');
    const components = own(spec, 'components');
    const paths = [
      own(own(spec, 'source'), 'path'),
      ...(Array.isArray(components) ? components : []).map(component =>
        own(component, 'path'),
      ),
    ];
    const here = path.resolve(this.folder, path.dirname(file));
    for (const source of paths) {
      if (typeof source !== 'string' || source.includes('\0')) continue;
      const folder = path.resolve(here, source);
      if (folder.startsWith(`${here}${path.sep}`)) this.sources.add(folder);
    }
  }
}

/** By apiVersion, of any version, or by kind: so that a slip in one of them is told, and not passed over. */
function isOurs({ apiVersion, kind }: EntityHead): boolean {
  return (
    (typeof apiVersion === 'string' &&
      apiVersion.startsWith(`${API_GROUP}/`)) ||
    (typeof kind === 'string' && isEdgeKind(kind))
  );
}

function headOf(value: unknown): EntityHead {
  return {
    apiVersion: own(value, 'apiVersion'),
    kind: own(value, 'kind'),
    name: own(own(value, 'metadata'), 'name'),
  };
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
