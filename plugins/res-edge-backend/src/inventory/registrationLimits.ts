import {
  ApprovalSpec,
  EdgeEntity,
  Selector,
  PolicySpec,
  RolloutSpec,
  WindowSpec,
} from '@res-edge/backstage-plugin-res-edge-common';
import { GroupParents } from './GroupParents';

/** What a place of registration may speak about; undefined: everything. @internal */
export interface RegistrationLimits {
  readonly namespaces?: { includes(name: string): boolean };
  /** Roots of subtrees. */
  readonly groups?: readonly string[];
}

/** What reaches beyond the limits. @internal */
export interface LimitBreach {
  readonly field: string;
  readonly message: string;
}

/**
 * Whether an entity keeps within the limits of the place where it is registered. What cannot be seen to keep within them,
 * such as a selector that is an expression, does not.
 *
 * @internal
 */
export function findBreach(
  entity: EdgeEntity,
  { namespaces, groups }: RegistrationLimits,
  parents: GroupParents,
): LimitBreach | undefined {
  const found = namespaces && breachOfNamespaces(entity, namespaces);
  return found ?? (groups && breachOfGroups(entity, groups, parents));
}

function breachOfNamespaces(
  entity: EdgeEntity,
  namespaces: NonNullable<RegistrationLimits['namespaces']>,
): LimitBreach | undefined {
  switch (entity.kind) {
    case 'EdgeNamespace':
      return named('metadata.name', entity.metadata.name);
    case 'EdgeApplication':
      // Without a namespace it is placed nowhere.
      return entity.spec.namespace === undefined
        ? undefined
        : named('spec.namespace', entity.spec.namespace);
    case 'EdgePolicy': {
      if (attachesByName(entity.spec)) return undefined;
      if (entity.spec.type === 'approval') return breachOfApproval(entity.spec);
      const given = entity.spec.applications?.namespaces ?? [];
      return given.length === 0
        ? {
            field: 'spec.applications.namespaces',
            message:
              'must name namespaces: this place of registration may speak about some only',
          }
        : given
            .map((name, index) =>
              named(`spec.applications.namespaces[${index}]`, name),
            )
            .find(breach => breach !== undefined);
    }
    default:
      return undefined;
  }

  function named(field: string, name: string): LimitBreach | undefined {
    return namespaces.includes(name)
      ? undefined
      : {
          field,
          message: `this place of registration may not speak about the namespace '${name}'`,
        };
  }
}

/** As a window it holds for the namespaces that name it; more than that is for those who may speak about everything. */
function breachOfApproval(spec: ApprovalSpec): LimitBreach | undefined {
  const field = (['requiredFor', 'environments'] as const).find(
    name => spec[name] !== undefined,
  );
  return (
    field && {
      field: `spec.${field}`,
      message:
        'must be left out: this place of registration may not ask for approvals beyond the namespaces that name them',
    }
  );
}

/** A window holds for the namespaces that name it, a rollout for the applications that do. */
function attachesByName(spec: PolicySpec): spec is WindowSpec | RolloutSpec {
  return spec.type === 'window' || spec.type === 'rollout';
}

function breachOfGroups(
  entity: EdgeEntity,
  roots: readonly string[],
  parents: GroupParents,
): LimitBreach | undefined {
  const within = (field: string, name: string) =>
    parents.isWithin(name, roots)
      ? undefined
      : {
          field,
          message: `this place of registration may only speak about ${roots.join(
            ', ',
          )} and what is below, not about the group '${name}'`,
        };
  const missing = (field: string) => ({
    field,
    message: `must name groups: this place of registration may only speak about ${roots.join(
      ', ',
    )} and what is below`,
  });

  switch (entity.kind) {
    case 'EdgeCluster': {
      const { groups = [] } = entity.spec;
      if (groups.length === 0) return missing('spec.groups');
      return groups
        .map((name, index) => within(`spec.groups[${index}]`, name))
        .find(breach => breach !== undefined);
    }
    case 'EdgeGroup': {
      const { parent, selector } = entity.spec;
      if (parent === undefined) return missing('spec.parent');
      if (selector !== undefined) return unclear('spec.selector');
      return within('spec.parent', parent);
    }
    case 'EdgeNamespace':
      return entity.spec.selector === undefined
        ? undefined
        : breachOfSelector('spec.selector', entity.spec.selector);
    case 'EdgePolicy':
      if (attachesByName(entity.spec)) return undefined;
      return entity.spec.type === 'approval'
        ? breachOfApproval(entity.spec)
        : breachOfSelector('spec.clusters', entity.spec.clusters);
    default:
      return undefined;
  }

  function breachOfSelector(
    field: string,
    selector: Selector,
  ): LimitBreach | undefined {
    if (typeof selector === 'string') return unclear(field);
    if (selector.include) return unclear(`${field}.include`);
    if (!selector.groups) return missing(`${field}.groups`);
    return selector.groups
      .map((name, index) => within(`${field}.groups[${index}]`, name))
      .find(breach => breach !== undefined);
  }

  function unclear(field: string): LimitBreach {
    return {
      field,
      message: `may reach beyond ${roots.join(
        ', ',
      )}, which is all that this place of registration may speak about; name clusters by groups`,
    };
  }
}
