import { InputError } from '@backstage/errors';
import { Capture } from '../../model';
import { parseAllowedKind } from '../capture/allowedKinds';

/** Where a version keeps what was captured with it; no file of a source has this name. @internal */
export const CAPTURE_FILE = '.capture.yaml';

/** What `.capture.yaml` says. @internal */
export type CaptureRecord = Pick<
  Capture,
  | 'origin'
  | 'digest'
  | 'requests'
  | 'requires'
  | 'dependsOn'
  | 'clusterValues'
  | 'allowedKinds'
>;

/** Checks what `.capture.yaml` holds. @internal */
export function readCaptureFile(
  content: Record<string, unknown>,
): CaptureRecord {
  const {
    source,
    digest,
    requests = {},
    requires,
    dependsOn,
    clusterValues = [],
    allowedKinds = [],
  } = content;
  const kinds = texts('allowedKinds', allowedKinds);
  kinds.forEach(parseAllowedKind);
  return {
    origin: text('source', source),
    digest: text('digest', digest),
    requests: Object.fromEntries(
      Object.entries(requests as object).map(([resource, quantity]) => [
        resource,
        text(`requests.${resource}`, quantity),
      ]),
    ),
    requires: texts('requires', requires),
    dependsOn: texts('dependsOn', dependsOn),
    clusterValues: texts('clusterValues', clusterValues),
    allowedKinds: kinds,
  };
}

function text(field: string, value: unknown): string {
  if (typeof value !== 'string') {
    throw new InputError(
      `${field} must be a string, got ${JSON.stringify(value)}`,
    );
  }
  return value;
}

function texts(field: string, value: unknown): string[] {
  if (!Array.isArray(value)) {
    throw new InputError(`${field} must be a list of strings`);
  }
  return value.map((item, index) => text(`${field}[${index}]`, item));
}
