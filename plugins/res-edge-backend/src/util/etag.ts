import { PreconditionFailedError } from './PreconditionFailedError';

/** The etag of a record that was last written at a revision. @internal */
export function etagOf(revision: number): string {
  return `"${revision}"`;
}

/** The etags of an If-Match or If-None-Match header; undefined where there is none. @internal */
export function parseEtags(header: string | undefined): string[] | undefined {
  return header
    ?.split(',')
    .map(etag => etag.trim())
    .filter(Boolean);
}

/**
 * Checks the conditions of a write.
 *
 * @param revision - at which the record was last written; undefined where there is none
 * @throws {@link PreconditionFailedError}
 * @internal
 */
export function checkEtags(
  {
    ifMatch,
    ifNoneMatch,
  }: { ifMatch?: readonly string[]; ifNoneMatch?: readonly string[] },
  revision: number | undefined,
): void {
  const etag = revision === undefined ? undefined : etagOf(revision);
  if (ifMatch && !matches(ifMatch, etag)) {
    throw new PreconditionFailedError(
      etag
        ? `If-Match: the record is ${etag} now, not ${ifMatch.join(
            ', ',
          )}; read it again`
        : `If-Match: there is no such record, so that it is not ${ifMatch.join(
            ', ',
          )}`,
      etag,
    );
  }
  if (ifNoneMatch && matches(ifNoneMatch, etag)) {
    throw new PreconditionFailedError(
      `If-None-Match: the record is there already, as ${etag}`,
      etag,
    );
  }
}

/** Whether one of the etags is this one; `*` is any. @internal */
export function matches(
  etags: readonly string[],
  etag: string | undefined,
): boolean {
  return (
    etag !== undefined &&
    etags.some(given => given === '*' || given.replace(/^W\//, '') === etag)
  );
}
