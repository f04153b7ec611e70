import {
  ApplicationOverride,
  EdgeApplicationEntity,
  RegistryRule,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  ApplicationRelease,
  GitOpsEngine,
  NamespaceDecision,
} from '../../model';
import {
  clusterValuesProblems,
  withClusterValues,
} from '../capture/clusterValuesConfigMap';
import { Placeholder } from '../capture/placeholder';
import { chartOf, isChart } from '../capture/chart';
import { isOfCluster } from '../capture/knownKinds';
import { refusedObjects } from '../capture/refusedObjects';
import { Manifest, substitute } from '../capture/substitute';
import { dataDigest, shortDigest } from '../format/digest';
import { toYaml } from '../format/toYaml';
import { chartObjects } from './chartObjects';
import { applicationFiles } from './engineFiles';
import { kustomization } from './fluxKustomization';
import { ambiguousObjects, replacementOf } from './replacements';
import { createRevision, Revision } from './Revision';
import { withRegistries } from './withRegistries';

/** What an application's revision is made of. @internal */
export interface ApplicationRevisionInput {
  readonly entity: EdgeApplicationEntity;
  readonly release: ApplicationRelease;
  /** The override that holds on the clusters of this revision. */
  readonly override?: ApplicationOverride;
  readonly namespace: NamespaceDecision;
  /** Whether the namespace has add-ons, which come before its applications. */
  readonly addons: boolean;
  readonly objects: readonly Manifest[];
  /** From where the clusters of this revision pull images. */
  readonly registries?: readonly RegistryRule[];
  /** What delivers it on the clusters of this revision. */
  readonly engine: GitOpsEngine;
}

/**
 * An application's version x values x override, for all clusters that get it: what differs between those comes by
 * kustomize replacements.
 *
 * @returns the revision with the identities of its objects, or problems where it cannot be made; one for each place
 * @internal
 */
export function applicationRevision(
  input: ApplicationRevisionInput,
):
  | { revision: Revision; objects: readonly string[] }
  | { problems: readonly string[] } {
  const namespace = input.namespace.entity.metadata.name;
  const { name } = input.entity.metadata;
  const { clusterValues = [] } = input.release;
  const { registries = [] } = input;
  const allowed = allowedKindsOf(input.entity, input.release);
  const substituted = substitute(
    withClusterValues(
      name,
      clusterValues,
      withRegistries(input.objects, registries, 'before'),
    ),
    valueLookup(input),
  );
  const filled = {
    ...substituted,
    objects: withRegistries(substituted.objects, registries, 'after'),
  };
  const chart = isChart(filled.objects);
  const refused = [
    ...filled.problems,
    ...clusterValuesProblems(name, clusterValues, filled.objects),
    ...(chart ? [] : refusedObjects(filled.objects, namespace, allowed)),
    ...ambiguousObjects(filled.objects, filled.places),
  ];
  if (refused.length > 0) return { problems: refused };
  const { objects, places } = chart
    ? chartObjects(input.engine, {
        ...{ name, namespace, allowedKinds: allowed },
        ...{ chart: chartOf(filled.objects), places: filled.places },
      })
    : filled;

  const clusterKeys = new Map<string, Set<Placeholder['type']>>();
  for (const { key, type } of places) {
    clusterKeys.set(key, (clusterKeys.get(key) ?? new Set()).add(type));
  }
  const manifests = new Map<string, string>();
  for (const object of objects) {
    const placed =
      allowed.length > 0 && !chart ? inNamespace(object, namespace) : object;
    manifests.set(manifestFile(object, manifests), toYaml(placed));
  }
  const description = kustomization(
    [...manifests.keys()].sort(),
    places.map(place => replacementOf(objects, place)),
  );
  const revision = createRevision(
    `apps/${name}`,
    clusterKeys,
    (path, digest) => {
      const files = new Map<string, string>();
      for (const [file, content] of manifests) {
        files.set(`manifests/${file}`, content);
      }
      files.set('manifests/kustomization.yaml', description);
      const delivery = applicationFiles(input.engine, {
        ...{ name, namespace, path, digest },
        dependsOn: input.release.dependsOn,
        waits: input.addons && input.entity.spec.type !== 'addon',
        ...{ ownAccount: allowed.length > 0, chart },
      });
      for (const [file, content] of delivery) files.set(file, content);
      return files;
    },
  );
  return {
    revision,
    objects: filled.objects.map(object => identityOf(object, namespace)),
  };
}

/** What an application brings beside what every application may. @internal */
export function allowedKindsOf(
  { spec }: EdgeApplicationEntity,
  { allowedKinds = [] }: Pick<ApplicationRelease, 'allowedKinds'>,
): readonly string[] {
  return spec.type === 'addon' ? allowedKinds : [];
}

/** Nothing puts objects into their namespace but they themselves, where not all go into one. */
function inNamespace(object: Manifest, namespace: string): Manifest {
  if (isOfCluster(object.kind)) return object;
  const metadata = { namespace, ...(object.metadata as Manifest) };
  return { ...object, metadata };
}

/**
 * What no two applications may both bring to a cluster: where it is, then group, kind and name, in any version of the group.
 */
function identityOf(object: Manifest, namespace: string): string {
  const { apiVersion, kind } = object;
  const metadata = object.metadata as Manifest;
  const place = isOfCluster(kind) ? '' : metadata.namespace ?? namespace;
  const version = String(apiVersion);
  const group = version.includes('/') ? `${version.split('/')[0]}/` : '';
  return `${place} ${group}${kind} ${metadata.name}`;
}

function valueLookup(input: ApplicationRevisionInput) {
  const { entity, release, override, namespace } = input;
  const { name: namespaceName } = namespace.entity.metadata;
  const { values, businessUnit, environment } = namespace.entity.spec;
  const scopes: Record<string, Map<string, string | undefined>> = {
    application: new Map<string, string | undefined>([
      ...Object.entries(release.values),
      ...Object.entries(override?.values ?? {}),
      ['name', entity.metadata.name],
      ['version', release.version],
      ['owner', entity.spec.owner],
    ]),
    namespace: new Map<string, string | undefined>([
      ...Object.entries(values ?? {}),
      ['name', namespaceName],
      ['businessUnit', businessUnit],
      ['environment', environment],
    ]),
  };
  return ({ scope, key }: Placeholder) => scopes[scope].get(key);
}

/** A file name that tells what is in it, and that no other object of the revision has. */
function manifestFile(object: Manifest, taken: ReadonlyMap<string, string>) {
  const name = String((object.metadata as Manifest).name);
  const text = `${String(object.kind).toLowerCase()}-${name.replace(
    /[^a-z0-9.-]/g,
    '-',
  )}`;
  const file = `${text.slice(0, 200)}.yaml`;
  return taken.has(file) || text.length > 200
    ? `${text.slice(0, 180)}-${shortDigest(dataDigest(object))}.yaml`
    : file;
}
