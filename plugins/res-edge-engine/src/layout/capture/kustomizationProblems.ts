import { FileMap } from '../../model';
import { parseYaml, textOf } from '../format/parseYaml';

const FILE_NAMES = new Set([
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
]);

/** Fields that only say what to do with files of the source. All others fetch, run or reinterpret. */
const ALLOWED_FIELDS = new Set(
  `apiVersion kind metadata resources bases components patches patchesStrategicMerge patchesJson6902 replacements
  configMapGenerator generatorOptions namespace namePrefix nameSuffix commonLabels labels commonAnnotations
  images replicas sortOptions buildMetadata`.split(/\s+/),
);

/** Whether kustomize takes a file for the description of its folder. @internal */
export function isKustomization(path: string): boolean {
  return FILE_NAMES.has(path.slice(path.lastIndexOf('/') + 1));
}

/** What one kustomization reaches that is not in the source, and what it would run. @internal */
export function kustomizationProblems(files: FileMap, path: string): string[] {
  let content: unknown;
  try {
    content = parseYaml(textOf(files.get(path)!));
  } catch (error) {
    return [`${path}: ${(error as Error).message}`];
  }
  if (
    typeof content !== 'object' ||
    content === null ||
    Array.isArray(content)
  ) {
    return [`${path}: must be a mapping`];
  }
  const problems = Object.keys(content)
    .filter(field => !ALLOWED_FIELDS.has(field))
    .map(
      field =>
        `${path}: the field ${JSON.stringify(
          field,
        )} is not allowed; a source is closed, without generators, transformers, Helm or remote parts`,
    );
  for (const { field, target } of references(
    content as Record<string, unknown>,
  )) {
    if (!exists(files, path, target)) {
      problems.push(
        `${path}: ${field} names ${JSON.stringify(
          String(target).slice(0, 200),
        )}, which is no file or folder of the source; remote parts and paths that leave the folder are not allowed`,
      );
    }
  }
  return problems;
}

type Reference = { field: string; target: unknown };

function references(content: Record<string, unknown>): Reference[] {
  const found: Reference[] = [];
  for (const field of ['resources', 'bases', 'components']) {
    for (const target of list(content[field])) found.push({ field, target });
  }
  for (const target of list(content.patchesStrategicMerge)) {
    // An entry is a file, or a patch written in place.
    if (!String(target).includes('\n') && !String(target).includes(': ')) {
      found.push({ field: 'patchesStrategicMerge', target });
    }
  }
  for (const field of ['patches', 'patchesJson6902', 'replacements']) {
    for (const entry of list(content[field])) {
      const target = property(entry, 'path');
      if (target !== undefined) found.push({ field, target });
    }
  }
  for (const generator of list(content.configMapGenerator)) {
    const field = 'configMapGenerator';
    const sources = [
      ...list(property(generator, 'files')),
      ...list(property(generator, 'envs')),
      ...(property(generator, 'env') === undefined
        ? []
        : [property(generator, 'env')]),
    ];
    for (const source of sources) {
      found.push({ field, target: String(source).replace(/^[^=]*=/, '') });
    }
  }
  return found;
}

function exists(
  files: FileMap,
  kustomization: string,
  target: unknown,
): boolean {
  if (typeof target !== 'string' || target === '' || target.startsWith('/'))
    return false;
  const parts = kustomization.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return false;
    } else if (part !== '.' && part !== '') {
      parts.push(part);
    }
  }
  const path = parts.join('/');
  if (files.has(path)) return true;
  return [...FILE_NAMES].some(name =>
    files.has(path === '' ? name : `${path}/${name}`),
  );
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
