import {
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { BuildManifests } from '../../model';
import { parseManifests } from '../capture/builds';
import { refusedObjects } from '../capture/refusedObjects';
import { ComponentCombination } from './componentCombinations';

/** Why a combination does not build, and of which group the component is that it does not build with. */
interface Failure {
  readonly group: string;
  readonly reason: string;
}

/** Combinations that do not build. @public */
export interface CheckedComponents {
  /** The reason, by the key of the combination. */
  readonly broken: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/**
 * Builds what components of groups go into before it is delivered: each combination once, for as long as some cluster
 * gets it. The first component with which a combination fails is the one to name.
 *
 * @public
 */
export class ComponentChecks {
  #known = new Map<string, Failure | undefined>();

  private constructor(private readonly buildManifests: BuildManifests) {}

  static create(build: BuildManifests): ComponentChecks {
    return new ComponentChecks(build);
  }

  /** What does not build, and why; each problem once. What is not asked for now is forgotten. */
  async check(
    combinations: readonly ComponentCombination[],
  ): Promise<CheckedComponents> {
    const { known, ...checked } = await this.build(combinations);
    this.#known = known;
    return checked;
  }

  /** The same, and forgets nothing of what was checked before. */
  async look(
    combinations: readonly ComponentCombination[],
  ): Promise<CheckedComponents> {
    const { known, ...checked } = await this.build(combinations);
    return checked;
  }

  private async build(combinations: readonly ComponentCombination[]) {
    const known = new Map<string, Failure | undefined>();
    await Promise.all(
      combinations.map(async combination => {
        const { key } = combination;
        const failure = this.#known.has(key)
          ? this.#known.get(key)
          : await this.failureOf(combination);
        known.set(key, failure);
      }),
    );
    const broken = new Map<string, string>();
    const problems = new Map<string, Problem>();
    for (const { key } of combinations) {
      const failure = known.get(key);
      if (!failure) continue;
      const { group, reason: message } = failure;
      broken.set(key, message);
      const entity = entityRefOf('EdgeGroup', group);
      const problem = { entity, field: 'spec.components', message };
      problems.set(JSON.stringify(problem), problem);
    }
    return { known, broken, problems: [...problems.values()] };
  }

  private async failureOf(
    combination: ComponentCombination,
  ): Promise<Failure | undefined> {
    const { application, components } = combination;
    let message = await this.messageOf(combination, components.length);
    if (message === undefined) return undefined;
    let culprit = components[components.length - 1];
    for (let count = 1; count < components.length; count++) {
      const found = await this.messageOf(combination, count);
      if (found === undefined) continue;
      message = found;
      culprit = components[count - 1];
      break;
    }
    const { group, path } = culprit;
    const component = path.slice(path.lastIndexOf('/') + 1);
    const where =
      application === undefined
        ? "in the cluster's own build"
        : `with application '${application}'`;
    return {
      group,
      reason: `component '${component}' of group '${group}' does not build ${where}: ${message}`,
    };
  }

  private async messageOf(
    combination: ComponentCombination,
    count: number,
  ): Promise<string | undefined> {
    try {
      const { files, folder, dummies } = combination.build(count);
      const text = await this.buildManifests(files, folder);
      const left = [...dummies].find(([dummy]) => text.includes(dummy));
      if (left) {
        return `the value of \${{ cluster.${left[1]} }} does not arrive where it should; kustomize finds items of a list by their name alone`;
      }
      const { objects } = parseManifests(text);
      // A component of the clusters' own builds need not bring anything.
      if (objects.length === 0) return undefined;
      const { namespace, allowedKinds } = combination;
      const [refused] = refusedObjects(objects, namespace, allowedKinds);
      return refused && `it would bring what is refused: ${refused}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}
