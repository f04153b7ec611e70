import {
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ComponentCombination } from '@res-edge/backstage-plugin-res-edge-engine';
import { ManifestBuilder } from '@res-edge/backstage-plugin-res-edge-node';

/** What of groups' components does not build. @internal */
export interface CheckedComponents {
  /** The reason, by the key of the combination. */
  readonly broken: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/**
 * Builds each combination of components with what it meets, before any cluster gets it. The first component with which
 * a combination fails is the one to name.
 *
 * @internal
 */
export async function checkComponents(
  combinations: readonly ComponentCombination[],
  builder: ManifestBuilder,
): Promise<CheckedComponents> {
  const failures = await Promise.all(
    combinations.map(combination => failureOf(combination, builder)),
  );
  const broken = new Map<string, string>();
  const problems: Problem[] = [];
  combinations.forEach(({ key }, index) => {
    const problem = failures[index];
    if (!problem) return;
    broken.set(key, problem.message);
    problems.push(problem);
  });
  return { broken, problems };
}

async function failureOf(
  combination: ComponentCombination,
  builder: ManifestBuilder,
): Promise<Problem | undefined> {
  const { application, components } = combination;
  const messageOf = async (count: number) => {
    try {
      const { files, folder } = combination.build(count);
      await builder.build(files, folder);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };
  if ((await messageOf(components.length)) === undefined) return undefined;
  const where =
    application === undefined
      ? "in the cluster's own build"
      : `with application '${application}'`;
  for (const [index, { group, path }] of components.entries()) {
    const reason = await messageOf(index + 1);
    if (reason === undefined) continue;
    const component = path.slice(path.lastIndexOf('/') + 1);
    return {
      entity: entityRefOf('EdgeGroup', group),
      field: 'spec.components',
      message: `component '${component}' does not build ${where}: ${reason}`,
    };
  }
  return undefined;
}
