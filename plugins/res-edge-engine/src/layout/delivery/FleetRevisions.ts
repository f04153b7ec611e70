import {
  EdgeApplicationEntity,
  entityRefOf,
  Problem,
  RegistryRule,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../../bitmap';
import {
  ApplicationRelease,
  BillEntry,
  BuiltSource,
  ComponentLine,
  Decisions,
  FileMap,
  GitOpsEngine,
  GroupDecision,
  NamespaceDecision,
  Plan,
} from '../../model';
import { buildKey } from '../capture/builds';
import { byCodeUnit } from '../format/digest';
import { AddonAccount } from '../revision/addonAccess';
import {
  allowedKindsOf,
  applicationRevision,
} from '../revision/applicationRevision';
import {
  ComponentKeys,
  groupRevision,
  selectsApplication,
} from '../revision/groupRevision';
import { namespaceRevision } from '../revision/namespaceRevision';
import { Revision } from '../revision/Revision';
import { EngineClusters } from './EngineClusters';
import { EnvironmentClusters } from './EnvironmentClusters';
import { overrideVariants, OverrideVariant } from './overrideVariants';
import { RevisionCache } from './RevisionCache';

/** A revision with the clusters that are to get it; without one, it could not be made. @internal */
export interface PlacedRevision {
  readonly name: string;
  readonly clusters: Bitmap;
  readonly revision?: Revision;
  readonly entry?: BillEntry;
}

/** An application's revision. @internal */
export interface PlacedApplication extends PlacedRevision {
  readonly namespace: string;
  readonly dependsOn: readonly string[];
  readonly addon: boolean;
  /** What it brings beside what every application may. */
  readonly allowedKinds?: readonly string[];
  /** Identities of what it brings, each after the namespace where that is. */
  readonly objects?: readonly string[];
}

/** A component, with what it reads of a cluster. @internal */
export interface PlacedComponent extends ComponentLine, ComponentKeys {
  /** Why it goes nowhere: what is delivered stays. */
  readonly problem?: string;
}

/** A group whose components its clusters get. @internal */
export interface PlacedGroup extends PlacedRevision {
  readonly components: readonly PlacedComponent[];
}

/** What {@link fleetRevisions} reads. @internal */
export interface FleetRevisionsInput {
  readonly main: FileMap;
  readonly decisions: Decisions;
  readonly plan: Plan;
  readonly built: ReadonlyMap<string, BuiltSource>;
  readonly cache: RevisionCache;
  readonly engines: EngineClusters;
  readonly environments: EnvironmentClusters;
}

/** Every revision that a plan asks for, in the order of bills. @internal */
export interface FleetRevisions {
  readonly namespaces: readonly PlacedRevision[];
  readonly applications: readonly PlacedApplication[];
  readonly groups: readonly PlacedGroup[];
  readonly problems: readonly Problem[];
}

/**
 * Makes the revisions of a plan, each once, however many clusters get it. One that cannot be made is a problem, and
 * stops no other.
 *
 * @internal
 */
export function fleetRevisions(input: FleetRevisionsInput): FleetRevisions {
  const problems: Problem[] = [];
  const withAddons = new Set(
    [...input.decisions.applications.values()]
      .filter(({ entity }) => entity.spec.type === 'addon')
      .map(({ entity }) => entity.spec.namespace),
  );
  const namespaces = sortedEntries(input.plan.namespaces).flatMap(
    ([name, clusters]): PlacedRevision[] => {
      try {
        const decision = input.decisions.namespaces.get(name);
        if (!decision) return [{ name, clusters }];
        const addons = withAddons.has(name);
        const accounts = accountsOf(name, input.decisions);
        return input.engines.split(clusters).map(([engine, its]) => {
          const revision = input.cache.get(
            ['namespace', name, decision.digest, engine, addons, accounts],
            undefined,
            () =>
              namespaceRevision(input.main, decision, engine, addons, accounts),
          );
          const entry = { name, revision: revision.digest };
          return { name, clusters: its, revision, entry };
        });
      } catch (error) {
        problems.push({
          entity: entityRefOf('EdgeNamespace', name),
          field: '',
          message: `cannot be delivered, what is delivered stays: ${
            (error as Error).message
          }`,
        });
        return [{ name, clusters }];
      }
    },
  );
  const applications = sortedEntries(input.plan.applications).flatMap(
    ([name]) => placedApplications(input, name, withAddons, problems),
  );
  return { namespaces, applications, groups: placedGroups(input), problems };
}

/** The add-ons of a namespace that are applied as accounts of their own. */
function accountsOf(
  namespace: string,
  { applications }: Decisions,
): AddonAccount[] {
  return sortedEntries(applications).flatMap(
    ([application, { entity, allowedKinds = [] }]) =>
      entity.spec.namespace === namespace && allowedKinds.length > 0
        ? [{ application, allowedKinds }]
        : [],
  );
}

function placedApplications(
  input: FleetRevisionsInput,
  name: string,
  withAddons: ReadonlySet<string | undefined>,
  problems: Problem[],
): PlacedApplication[] {
  const plan = input.plan.applications.get(name)!;
  const report = (message: string) =>
    problems.push({
      entity: entityRefOf('EdgeApplication', name),
      field: '',
      message: `cannot be delivered, what is delivered stays: ${message}`,
    });

  const decision = input.decisions.applications.get(name);
  const namespace = input.decisions.namespaces.get(plan.namespace);
  const addon = decision?.entity.spec.type === 'addon';
  const inNamespace = { name, namespace: plan.namespace, addon };
  // What stays where no release is known, or main does not explain it any more.
  const rest = plan.placed.clone();
  const revisions: PlacedApplication[] = [];
  for (const { release, clusters } of decision ? plan.releases : []) {
    const here = plan.placed.clone().and(clusters);
    if (here.isEmpty()) continue;
    rest.andNot(here);
    const placed = {
      ...inNamespace,
      dependsOn: release.dependsOn,
      allowedKinds: allowedKindsOf(decision!.entity, release),
    };
    const variants = namespace && overrideVariants(input, release, here);
    // The plan has the problem. Nobody knows whom the override matches, so that all keep what they have.
    if (!variants) revisions.push({ ...placed, clusters: here });
    else
      for (const variant of variants) {
        const made = placedVariant(
          { input, release, variant, namespace, withAddons, report },
          decision!.entity,
        );
        for (const one of made) revisions.push({ ...placed, ...one });
      }
  }
  if (!rest.isEmpty())
    revisions.push({
      ...inNamespace,
      dependsOn: [],
      allowedKinds: [],
      clusters: rest,
    });
  return revisions;
}

/**
 * A release of an application with one of its overrides, or none: a revision for each engine that delivers it, and for
 * clusters that pull from other registries.
 */
function placedVariant(
  from: {
    readonly input: FleetRevisionsInput;
    readonly release: ApplicationRelease;
    readonly variant: OverrideVariant;
    readonly namespace: NamespaceDecision;
    readonly withAddons: ReadonlySet<string | undefined>;
    readonly report: (message: string) => void;
  },
  entity: EdgeApplicationEntity,
): Pick<PlacedApplication, 'clusters' | 'revision' | 'entry' | 'objects'>[] {
  const { input, release, variant, namespace, report } = from;
  const { override, clusters } = variant;
  const { name } = entity.metadata;
  const { name: namespaceName } = namespace.entity.metadata;
  const { version } = release;
  const key = buildKey(name, version, override?.patches?.[0]);
  const objects = input.built.get(key)?.objects;
  if (!objects) {
    report(`'${key}' does not build`);
    return [{ clusters }];
  }
  const addons = from.withAddons.has(namespaceName);
  const revisionFor = (
    engine: GitOpsEngine,
    registries: readonly RegistryRule[],
  ) =>
    input.cache.get(
      [
        ...[key, release, override, entity, namespace.entity],
        ...[engine, registries, addons],
      ],
      objects,
      () =>
        applicationRevision({
          ...{ entity, release, override, namespace },
          ...{ engine, registries, addons, objects },
        }),
    );
  const found: ReturnType<typeof placedVariant> = [];
  const { registries: rules } = namespace.entity.spec;
  const parts = input.engines
    .split(clusters)
    .flatMap(([engine, its]) =>
      input.environments
        .split(its, rules)
        .map(([registries, part]) => ({ engine, registries, its: part })),
    );
  for (const { engine, registries, its } of parts) {
    const made = revisionFor(engine, registries);
    if ('problems' in made) {
      const where = override ? `override '${override.name}', ` : '';
      made.problems.forEach(message => report(where + message));
      // They are the same for each engine and environment.
      return [{ clusters }];
    }
    const { revision, objects: identities } = made;
    const inNamespace = { version, namespace: namespaceName };
    const entry = { name, revision: revision.digest, ...inNamespace };
    found.push({ clusters: its, revision, entry, objects: identities });
  }
  return found;
}

/** Groups with components, weaker ones first: by precedence of the hierarchy, from root to leaf, by name. */
function placedGroups({
  main,
  decisions,
  plan,
  cache,
}: FleetRevisionsInput): PlacedGroup[] {
  const { groups } = plan.snapshot;
  const rank = (name: string) => {
    const path = groups.path(name);
    const root = groups.get(path[0] ?? name);
    return { precedence: root?.spec.precedence ?? 0, depth: path.length };
  };
  return [...decisions.groups.values()]
    .filter(({ name, components }) => components.length > 0 && groups.has(name))
    .map(group => ({ group, ...rank(group.name) }))
    .sort(
      (a, b) =>
        a.precedence - b.precedence ||
        a.depth - b.depth ||
        byCodeUnit(a.group.name, b.group.name),
    )
    .map(({ group }): PlacedGroup => {
      const { name } = group;
      const clusters = groups.members(name);
      const made = madeGroup(main, group, cache);
      const components = group.components.flatMap(
        ({ path: folder, applications }): PlacedComponent[] => {
          const component = { ...made.componentIn(folder) };
          if (!applications) return [component];
          return sortedEntries(decisions.applications)
            .filter(([, { entity }]) =>
              selectsApplication(applications, entity),
            )
            .map(([application]) => ({ ...component, application }));
        },
      );
      const { revision } = made;
      const entry = revision && { name, revision: revision.digest };
      return { name, clusters, revision, entry, components };
    });
}

/** The revision of a group; where it cannot be made, each of its components has the problem. */
function madeGroup(
  main: FileMap,
  group: GroupDecision,
  cache: RevisionCache,
): {
  revision?: Revision;
  componentIn: (folder: string) => PlacedComponent;
} {
  const { name, digest } = group;
  try {
    const { revision, components } = cache.get(
      ['group', name, digest],
      undefined,
      () => groupRevision(main, group),
    );
    const componentIn = (folder: string) => ({
      path: `${revision.path}/${folder}`,
      ...components.get(folder)!,
    });
    return { revision, componentIn };
  } catch (error) {
    const nothing = { clusterKeys: new Map(), dummies: new Map() };
    const problem = (error as Error).message;
    return {
      componentIn: folder => ({
        path: `groups/${name}/revisions/0/${folder}`,
        ...nothing,
        problem,
      }),
    };
  }
}

function sortedEntries<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => byCodeUnit(a, b));
}
