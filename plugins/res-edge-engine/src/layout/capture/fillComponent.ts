import { InputError } from '@backstage/errors';
import { FileMap } from '../../model';
import { parseYaml, textOf } from '../format/parseYaml';
import { innerPath } from '../format/paths';
import { toYaml } from '../format/toYaml';
import { ClusterKeys } from '../revision/Revision';
import { replacementOf } from '../revision/replacements';
import { parseManifests } from './builds';
import { isKustomization } from './kustomizationProblems';
import { hasPlaceholder, Placeholder } from './placeholder';
import { Manifest, substitute } from './substitute';

/** A component of a group, ready for the builds that it goes into. @internal */
export interface FilledComponent {
  readonly files: FileMap;
  readonly clusterKeys: ClusterKeys;
  /** What stands for values of the cluster until kustomize puts these there, with the keys. */
  readonly dummies: ReadonlyMap<string, string>;
  /** One for each placeholder that cannot stand where it does, with the place. */
  readonly problems: readonly string[];
}

/**
 * Puts dummies where a component reads values of the cluster, and adds the replacements that fill them. A component
 * cannot be built by itself, so that its placeholders are looked for in the manifests that it adds, and in patches that
 * name their object: there it is plain where each ends up.
 *
 * @throws InputError where a file is no YAML
 * @internal
 */
export function fillComponent(files: FileMap): FilledComponent {
  const withPlaceholders = [...files].filter(([, content]) =>
    hasPlaceholder(Buffer.from(content).toString()),
  );
  const clusterKeys = new Map<string, Set<Placeholder['type']>>();
  if (withPlaceholders.length === 0) {
    return { files, clusterKeys, dummies: new Map(), problems: [] };
  }
  const [root, description] = descriptionOf(files);
  const named = namedManifests(description);
  const problems: string[] = [];
  const objects: Manifest[] = [];
  const sizes = new Map<string, number>();
  for (const [path, content] of withPlaceholders) {
    if (!named.has(path)) {
      problems.push(
        `${path}: placeholders can stand in files that ${root} names as resources, or as patches without a target`,
      );
      continue;
    }
    const found = manifestsOf(path, content);
    problems.push(...found.flatMap(object => nameProblems(path, object)));
    objects.push(...found);
    sizes.set(path, found.length);
  }
  if (problems.length > 0)
    return { files, clusterKeys, dummies: new Map(), problems };

  const filled = substitute(objects, refuseOtherScopes);
  const filledFiles = new Map(files);
  let start = 0;
  for (const [path, size] of sizes) {
    const documents = filled.objects.slice(start, start + size).map(toYaml);
    filledFiles.set(path, documents.join('---\n'));
    start += size;
  }
  for (const { key, type } of filled.places) {
    clusterKeys.set(key, (clusterKeys.get(key) ?? new Set()).add(type));
  }
  const own = description.replacements;
  filledFiles.set(
    root,
    toYaml({
      ...description,
      replacements: [
        ...(Array.isArray(own) ? own : []),
        ...filled.places.map(place => replacementOf(filled.objects, place)),
      ],
    }),
  );
  return {
    files: filledFiles,
    clusterKeys,
    dummies: filled.dummies,
    problems: filled.problems,
  };
}

function refuseOtherScopes({ scope }: Placeholder): never {
  throw new InputError(
    `a component of a group is the same for all applications that it goes into: it can read values of the cluster, not of the ${scope}`,
  );
}

function descriptionOf(files: FileMap): [string, Record<string, unknown>] {
  const root = [...files.keys()].find(
    path => !path.includes('/') && isKustomization(path),
  );
  if (root === undefined) throw new InputError('has no kustomization.yaml');
  return [root, parseYaml(textOf(files.get(root)!)) as Record<string, unknown>];
}

/** The files of manifests, and of patches that say themselves what they change. */
function namedManifests(description: Record<string, unknown>): Set<string> {
  const list = (field: string) => {
    const value = description[field];
    return Array.isArray(value) ? (value as unknown[]) : [];
  };
  const patches = list('patches').filter(
    (patch): patch is { path: string } =>
      typeof patch === 'object' &&
      patch !== null &&
      typeof (patch as { path?: unknown }).path === 'string' &&
      (patch as { target?: unknown }).target === undefined,
  );
  return new Set(
    [
      ...list('resources'),
      ...list('patchesStrategicMerge'),
      ...patches.map(({ path }) => path),
    ]
      .filter((path): path is string => typeof path === 'string')
      .filter(path => !path.includes('\n'))
      .map(innerPath),
  );
}

function manifestsOf(path: string, content: string | Uint8Array) {
  try {
    return parseManifests(textOf(content)).objects;
  } catch (error) {
    throw new InputError(`${path}: ${(error as Error).message}`);
  }
}

/** kustomize reads names as regular expressions, in which a dot is any character. */
function nameProblems(
  path: string,
  { apiVersion, kind, metadata }: Manifest,
): string[] {
  const name = (metadata as Manifest | undefined)?.name;
  const usable =
    typeof apiVersion === 'string' &&
    typeof kind === 'string' &&
    typeof name === 'string' &&
    /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(name);
  return usable
    ? []
    : [
        `${path}: with placeholders, each object needs an apiVersion, a kind and a name without dots`,
      ];
}
