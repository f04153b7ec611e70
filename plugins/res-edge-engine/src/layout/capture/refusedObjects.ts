import { namespaceAccount } from '../main/namespaceManifests';
import { isElsewhere, neededEntry } from './allowedKinds';
import { OWN_GROUP } from './chart';
import { isEngineGroup } from './engineGroups';
import { isOfCluster } from './knownKinds';
import { sizeProblems } from './objectSize';
import { hasPlaceholder } from './placeholder';
import { Manifest, placeOf } from './substitute';

/** What Res-Edge writes into each namespace: an application would lift its limits or its isolation with them. */
const OWN_OBJECTS = new Map<string, (namespace: string) => string>([
  ['LimitRange', () => 'limits'],
  ['NetworkPolicy', () => 'isolation'],
  ['ResourceQuota', () => 'quota'],
  ['RoleBinding', namespaceAccount],
]);
/** Lower-case, so that it is a file name and a Kubernetes name alike. */
const OBJECT_NAME = /^[a-z0-9](?:[-a-z0-9.:]*[a-z0-9])?$/;

/**
 * What an application may not bring, with the place of each. Most of it the account that applies would not be
 * allowed either; but Flux puts foreign namespaces right in silence, and who reads a problem here reads it earlier.
 *
 * @param namespace - the application's namespace, where it has one
 * @param allowed - what an add-on may bring all the same, as `parseAllowedKind` reads it
 * @internal
 */
export function refusedObjects(
  objects: readonly Manifest[],
  namespace: string | undefined,
  allowed: readonly string[] = [],
): string[] {
  if (objects.length === 0) return ['the source builds to no object'];
  return objects.flatMap(object => refusals(object, namespace, allowed));
}

function refusals(
  object: Manifest,
  namespace: string | undefined,
  allowed: readonly string[],
): string[] {
  const found: string[] = [];
  const { kind, apiVersion, metadata } = object;
  const refuse = (path: string[], message: string) =>
    found.push(`${placeOf(object, path)}: ${message}`);

  if (typeof kind !== 'string' || !/^[A-Z][A-Za-z0-9]*$/.test(kind)) {
    refuse(['kind'], 'every object needs a kind');
    return found;
  }
  if (typeof apiVersion !== 'string' || !/^[a-z0-9./-]+$/.test(apiVersion)) {
    refuse(['apiVersion'], 'every object needs an apiVersion');
    return found;
  }
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const entry = neededEntry(object, namespace);
  const isAllowed = entry !== undefined && allowed.includes(entry);
  if (isEngineGroup(group) && !isAllowed) {
    refuse(
      ['kind'],
      'objects of Flux and Argo CD are written by Res-Edge alone',
    );
  }
  if (group === OWN_GROUP) {
    refuse(['kind'], 'objects of Res-Edge are no manifests');
  }
  if (isOfCluster(kind) && !isAllowed) {
    refuse(
      ['kind'],
      `${kind} belongs to the cluster, not to a namespace; applications cannot bring it`,
    );
  }

  const { name, namespace: own } = (metadata ?? {}) as Manifest;
  if (typeof name !== 'string' || name.length > 253) {
    refuse(
      ['metadata', 'name'],
      'every object needs a name of at most 253 characters',
    );
  } else if (!hasPlaceholder(name) && !OBJECT_NAME.test(name)) {
    refuse(
      ['metadata', 'name'],
      `${JSON.stringify(name)} is no name of an object`,
    );
  }
  if (kind === 'ConfigMap' && name === 'cluster-values') {
    refuse(
      ['metadata', 'name'],
      "'cluster-values' is reserved for the values of the cluster",
    );
  }
  if (isOwnObject(kind, name, namespace)) {
    refuse(
      ['metadata', 'name'],
      `${kind} '${name}' is what the namespace itself brings`,
    );
  }
  if (isElsewhere(own, namespace) && !isAllowed) {
    refuse(
      ['metadata', 'namespace'],
      `must be left out, or the namespace of the application, got ${JSON.stringify(
        own,
      )}`,
    );
  }
  for (const { path, message } of sizeProblems(object))
    refuse([...path], message);
  if (kind === 'Secret') {
    for (const field of ['data', 'stringData']) {
      const content = object[field];
      if (
        typeof content === 'object' &&
        content !== null &&
        Object.keys(content).length > 0
      ) {
        refuse(
          [field],
          'a Secret with data does not go into Git; let an ExternalSecret or a SealedSecret make it (docs/applications.md)',
        );
      }
    }
  }
  return found;
}

function isOwnObject(kind: string, name: unknown, namespace?: string) {
  const own = OWN_OBJECTS.get(kind);
  return (
    own !== undefined && namespace !== undefined && own(namespace) === name
  );
}
