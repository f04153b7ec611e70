import { FileMap } from '../../model';
import { parseYaml, textOf } from '../format/parseYaml';
import { innerPath } from '../format/paths';
import {
  isKustomization,
  kustomizationProblems,
} from './kustomizationProblems';
import { fillComponent } from './fillComponent';

/**
 * What is wrong with the files of a group's component. It goes into builds of others, so that it must be closed, and its
 * placeholders must stand where kustomize can fill them.
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
    const open = [...files.keys()]
      .filter(isKustomization)
      .flatMap(path => kustomizationProblems(files, path));
    return open.length > 0 ? open : [...fillComponent(files).problems];
  } catch (error) {
    return [(error as Error).message];
  }
}
