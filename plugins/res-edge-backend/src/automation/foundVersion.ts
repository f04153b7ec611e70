import { InputError } from '@backstage/errors';
import {
  EdgeApplicationEntity,
  RemoteSource,
  validateEdgeEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { createHash } from 'node:crypto';
import { compareBuild, validRange } from 'semver';
import { SourcePollRecord, SourcePollStore } from '../database';
import { newestVersion, semVerOf } from '../sources';

/** What polling found, by application. @internal */
export type FoundVersions = ReadonlyMap<string, SourcePollRecord>;

/** What polling found of all applications. @internal */
export async function foundVersions(
  polls: Pick<SourcePollStore, 'list'> | undefined,
): Promise<FoundVersions> {
  const records = (await polls?.list()) ?? [];
  return new Map(records.map(record => [record.application, record]));
}

/**
 * What is polled of an application, and for which versions: not which one it is at. Undefined where it is not polled.
 *
 * @internal
 */
export function polledSource({
  spec: { source },
}: EdgeApplicationEntity): string | undefined {
  if (!source.poll) return undefined;
  return createHash('sha256')
    .update(JSON.stringify([...placeOf(source), source.poll.range]))
    .digest('hex');
}

function placeOf({ git, helm, oci }: RemoteSource): string[] {
  if (git) return ['git', git.url];
  if (helm) return ['helm', helm.repository, helm.chart];
  return ['oci', oci.repository];
}

function nameOf({ git, helm, oci }: RemoteSource): string | undefined {
  return git?.revision ?? helm?.version ?? oci?.tag;
}

function renamed(
  { git, helm, oci }: RemoteSource,
  found: string,
): RemoteSource {
  if (git) return { git: { ...git, revision: found } };
  if (helm) return { helm: { ...helm, version: found } };
  return { oci: { ...oci, tag: found } };
}

/** Whether a source is registered at a version. @throws InputError where it is not @internal */
export function checkRegistered(source: RemoteSource): void {
  const name = nameOf(source);
  if (name !== undefined && semVerOf(name)) return;
  throw new InputError(
    `a source that is polled has to be at a version by SemVer, with a v before it or without; it is at '${
      name ?? source.oci?.digest
    }'`,
  );
}

/**
 * An application as it is registered, but at the version that polling found since: that one is asked for, as if somebody
 * had registered it. It never goes back: an older one is not taken, and who registers a newer one is right.
 *
 * @internal
 */
export function withFoundVersion(
  entity: EdgeApplicationEntity,
  record: SourcePollRecord | undefined,
): EdgeApplicationEntity {
  const { source } = entity.spec;
  if (!source.poll || record?.found === undefined) return entity;
  if (record.source !== polledSource(entity)) return entity;
  return atVersion(entity, source, record.found) ?? entity;
}

/**
 * Whether an application is not asked for yet, because main has a version that its range allows and nobody has looked since the
 * range, or the database, is another one: what is registered would take it back until then.
 *
 * @param onMain - the version that its first ring has
 * @internal
 */
export function awaitsPoll(
  entity: EdgeApplicationEntity,
  record: SourcePollRecord | undefined,
  onMain: string | undefined,
): boolean {
  const { source } = entity.spec;
  if (!source.poll || onMain === undefined) return false;
  if (record?.found !== undefined && record.source === polledSource(entity))
    return false;
  const [here, there] = [nameOf(source) ?? '', onMain].map(semVerOf);
  const { range } = source.poll;
  return (
    here !== undefined &&
    there !== undefined &&
    compareBuild(there, here) > 0 &&
    validRange(range) !== null &&
    newestVersion([onMain], range) !== undefined
  );
}

/** The application at a version; undefined where that is not newer. */
function atVersion(
  entity: EdgeApplicationEntity,
  source: EdgeApplicationEntity['spec']['source'] & RemoteSource,
  found: string,
): EdgeApplicationEntity | undefined {
  const [here, there] = [nameOf(source) ?? '', found].map(semVerOf);
  if (!here || !there || compareBuild(there, here) <= 0) return undefined;
  const spec = {
    ...entity.spec,
    source: { ...renamed(source, found), poll: source.poll },
    version: there.raw,
  };
  return { ...entity, spec };
}

/**
 * Whether an application can be at a version that was found.
 *
 * @throws EdgeEntityError where a name is not allowed there
 * @internal
 */
export function checkFound(
  entity: EdgeApplicationEntity,
  found: string | undefined,
): void {
  const { source } = entity.spec;
  if (found === undefined || !source.poll) return;
  const changed = atVersion(entity, source, found);
  if (changed) validateEdgeEntity(changed);
}
