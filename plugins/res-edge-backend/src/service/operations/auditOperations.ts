import { InputError } from '@backstage/errors';
import {
  AuditEntry,
  AuditOperation,
  EdgeEntity,
  entityRefOf,
  isEdgeKind,
} from '@res-edge/backstage-plugin-res-edge-common';
import { StoredAuditEntry } from '../../database';
import { Access } from '../../permissions';
import { AreaOperations, OperationOptions } from './Operations';
import { pageRequest } from './pageRequest';

/** Entries that are read at once for who sees a part of them, and the most of them in one request. */
const PART = 200;
const MOST = 2_000;

/** Operations whose before and after are no entities. */
const DECISIONS: ReadonlySet<AuditOperation> = new Set([
  'merge',
  'adopt',
  'discard',
  'command',
  'poll',
]);

/** Who changed what. @internal */
export function auditOperations({
  audit,
}: OperationOptions): AreaOperations<'listAuditEntries'> {
  return {
    async listAuditEntries({ query, access }) {
      const { kind, name, actor, operation } = query;
      const asked = {
        ...{ kind, name, actor, operation },
        from: toTime('from', query.from),
        to: toTime('to', query.to),
      };
      const { limit, cursor } = pageRequest(query);
      if (access.seesEverything) {
        const page = await audit.list(asked, { limit, cursor });
        return { ...page, items: page.items.map(toApiEntry) };
      }
      const items: AuditEntry[] = [];
      let next = cursor;
      let read = 0;
      do {
        // As many as are missing: where they fill the page, its cursor is behind the last one.
        const page = await audit.list(asked, {
          limit: Math.min(PART, limit - items.length),
          cursor: next,
        });
        items.push(...seenBy(access, page.items).map(toApiEntry));
        next = page.nextCursor;
        read += page.items.length;
      } while (next !== undefined && items.length < limit && read < MOST);
      return { items, ...(next !== undefined && { nextCursor: next }) };
    },
  };
}

/** As it is kept. */
function toTime(field: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const time = Date.parse(value);
  if (Number.isNaN(time)) {
    throw Object.assign(new InputError(`${field}: '${value}' is no time`), {
      field,
    });
  }
  return new Date(time).toISOString();
}

/** What somebody sees of the entity before and afterwards, and still does where it is there. */
function seenBy(
  access: Access,
  entries: readonly StoredAuditEntry[],
): StoredAuditEntry[] {
  const versions = entries.map(({ operation, kind, before, after }) =>
    isEdgeKind(kind) && !DECISIONS.has(operation)
      ? [before, after].filter(each => each !== undefined)
      : [],
  );
  const readable = access
    .canRead(versions.flat() as unknown as EdgeEntity[])
    [Symbol.iterator]();
  return entries.filter(({ kind, name, operation }, index) => {
    const seen = versions[index].map(() => readable.next().value === true);
    if (!isEdgeKind(kind)) return kind === 'Plan';
    const fleet = access.fleet();
    const stands = fleet.isKnown(kind, name);
    if (DECISIONS.has(operation))
      return fleet.seesReference(entityRefOf(kind, name));
    return seen.every(Boolean) && (!stands || fleet.sees(kind, name));
  });
}

function toApiEntry(entry: StoredAuditEntry): AuditEntry {
  return { ...entry, kind: entry.kind as AuditEntry['kind'] };
}
