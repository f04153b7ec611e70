import { byteLengthOf } from '../format/digest';
import { Manifest } from './substitute';

const MIB = 1024 * 1024;
/** What the API server takes of one: all keys of data and binaryData together. */
const MAX_CONFIG_MAP_BYTES = MIB;
/** All annotations of an object together. */
const MAX_ANNOTATION_BYTES = 256 * 1024;
/** What etcd takes at once is 1.5 MiB where nothing is configured; what clusters add to an object must fit, too. */
const MAX_OBJECT_BYTES = 1.4 * MIB;

const INSTEAD =
  'split it, or put the files into an image or behind an address (docs/applications.md)';

/** A place in an object, and why Kubernetes would not take it. @internal */
export interface SizeProblem {
  readonly path: readonly string[];
  readonly message: string;
}

/** What of an object is larger than Kubernetes takes, so that a store is not the first to find out. @internal */
export function sizeProblems(object: Manifest): SizeProblem[] {
  const problems: SizeProblem[] = [];
  const check = (path: string[], bytes: number, limit: number, of: string) => {
    if (bytes <= limit) return false;
    const message = `${of} has ${bytes} bytes, Kubernetes takes at most ${Math.floor(
      limit,
    )}; ${INSTEAD}`;
    problems.push({ path, message });
    return true;
  };
  const { annotations } = (object.metadata ?? {}) as Manifest;
  check(
    ['metadata', 'annotations'],
    textBytes(annotations),
    MAX_ANNOTATION_BYTES,
    'what is there together',
  );
  const isConfigMap =
    object.kind === 'ConfigMap' &&
    check(
      ['data'],
      textBytes(object.data) + base64Bytes(object.binaryData),
      MAX_CONFIG_MAP_BYTES,
      'a ConfigMap with data and binaryData',
    );
  if (isConfigMap) return problems;
  const whole = byteLengthOf(JSON.stringify(object));
  check(['kind'], whole, MAX_OBJECT_BYTES, 'the whole object');
  return problems;
}

function textBytes(values: unknown): number {
  return entriesOf(values).reduce(
    (bytes, [key, text]) => bytes + byteLengthOf(key) + byteLengthOf(text),
    0,
  );
}

function base64Bytes(values: unknown): number {
  return entriesOf(values).reduce(
    (bytes, [key, text]) =>
      bytes + byteLengthOf(key) + Math.floor((text.length * 3) / 4),
    0,
  );
}

function entriesOf(values: unknown): [string, string][] {
  return typeof values === 'object' && values !== null
    ? Object.entries(values).map(([key, text]) => [key, String(text)])
    : [];
}
