import { FileMap } from '../../model';
import { parseYaml, textOf } from '../format/parseYaml';
import { innerPath } from '../format/paths';
import {
  isKustomization,
  kustomizationProblems,
} from './kustomizationProblems';
import { hasPlaceholder } from './placeholder';

/**
 * What is wrong with the files of a group's component. It goes into builds of others as it stands, so that it must be
 * closed, and nothing fills placeholders in it.
 *
 * @internal
 */
export function componentProblems(files: FileMap): string[] {
  try {
    const root = [...files.keys()].find(
      path => !path.includes('/') && isKustomization(path),
    );
    const content =
      root === undefined ? undefined : parseYaml(textOf(files.get(root)!));
    if ((content as { kind?: unknown } | undefined)?.kind !== 'Component') {
      return ['the folder needs a kustomization.yaml of kind Component'];
    }
    for (const path of files.keys()) innerPath(path);
    return [...files].flatMap(([path, bytes]) => [
      ...(isKustomization(path) ? kustomizationProblems(files, path) : []),
      ...(hasPlaceholder(Buffer.from(bytes).toString())
        ? [`${path}: components of groups cannot hold placeholders`]
        : []),
    ]);
  } catch (error) {
    return [(error as Error).message];
  }
}
