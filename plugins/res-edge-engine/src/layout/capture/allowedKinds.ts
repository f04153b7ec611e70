import { InputError } from '@backstage/errors';
import { isEngineGroup } from './engineGroups';
import { KnownKind, knownKind } from './knownKinds';
import { Manifest } from './substitute';

/** What is allowed by one entry. @internal */
export interface AllowedKind extends KnownKind {
  /** The namespace in which objects may be; that of the add-on where left out. */
  readonly namespace?: string;
}

const ENTRY =
  /^(?:([a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)\/)?([A-Z][A-Za-z0-9]*)$/;
/** Who could write there would steer what delivers. */
const CLOSED_NAMESPACES: readonly string[] = ['flux-system', 'argocd'];

/**
 * Reads what an add-on may bring beside what every application may: the name of a kind of the cluster, of Flux or of Argo
 * CD, such as `ClusterRole`; or of any other kind in a namespace that is not its own, such as `kube-system/RoleBinding`.
 *
 * @throws InputError where it names nothing that can be allowed
 * @internal
 */
export function parseAllowedKind(entry: string): AllowedKind {
  const [, namespace, kind = ''] = ENTRY.exec(entry) ?? [];
  const known = knownKind(kind);
  if (!known) {
    throw new InputError(
      `'${entry}' is no kind that can be allowed; allowed are kinds of Kubernetes, Flux and Argo CD such as 'ClusterRole', and 'kube-system/RoleBinding' for those of a namespace`,
    );
  }
  if (kind === 'Namespace') {
    throw new InputError(
      `'${entry}' cannot be allowed: a namespace is an EdgeNamespace, which is not taken away with what is in it`,
    );
  }
  if (namespace === undefined) {
    if (known.isOfCluster || isEngineGroup(known.group)) return known;
    throw new InputError(
      `'${entry}' needs no leave in the add-on's own namespace; in another one it is allowed as '<namespace>/${kind}'`,
    );
  }
  if (known.isOfCluster) {
    throw new InputError(
      `'${entry}' belongs to the cluster and to no namespace; it is allowed as '${kind}'`,
    );
  }
  if (CLOSED_NAMESPACES.includes(namespace)) {
    throw new InputError(
      `'${entry}' cannot be allowed: what is in '${namespace}' delivers all others`,
    );
  }
  return { ...known, namespace };
}

/**
 * What add-ons may bring, by their names: a mapping of lists that {@link parseAllowedKind} reads.
 *
 * @param field - what errors call it
 * @throws InputError with the field, where something in it is of no use
 * @public
 */
export function readAllowedKinds(
  value: unknown,
  field: string,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  if (value === undefined || value === null) return found;
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new InputError(
      `${field} must be a mapping of add-ons to lists of kinds`,
    );
  }
  for (const [application, kinds] of Object.entries(value)) {
    const at = `${field}.${application}`;
    if (!Array.isArray(kinds)) {
      throw new InputError(`${at} must be a list of kinds`);
    }
    kinds.forEach((entry, index) => {
      try {
        parseAllowedKind(String(entry));
      } catch (error) {
        throw new InputError(`${at}[${index}]: ${(error as Error).message}`);
      }
    });
    found.set(application, kinds.map(String));
  }
  return found;
}

/** Whether the namespace that an object says is not that of its application. @internal */
export function isElsewhere(
  own: unknown,
  namespace: string | undefined,
): boolean {
  return (
    own !== undefined &&
    own !== namespace &&
    !(typeof own === 'string' && /^\$\{\{ *namespace\.name *\}\}$/.test(own))
  );
}

/** The entry that would allow an object; undefined where none is needed, or none helps. @internal */
export function neededEntry(
  { kind, apiVersion, metadata }: Manifest,
  namespace: string | undefined,
): string | undefined {
  const known = knownKind(String(kind));
  const version = String(apiVersion);
  const group = version.includes('/') ? version.split('/')[0] : '';
  if (known?.group !== group) return undefined;
  const { namespace: own } = (metadata ?? {}) as Manifest;
  if (isElsewhere(own, namespace)) {
    return known.isOfCluster ? undefined : `${own}/${kind}`;
  }
  const needs = known.isOfCluster || isEngineGroup(group);
  return needs ? known.kind : undefined;
}
