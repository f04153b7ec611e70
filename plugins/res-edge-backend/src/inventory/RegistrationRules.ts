import { Config } from '@backstage/config';
import {
  EdgeEntity,
  EdgeKind,
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { RegisteredEntity } from '../database';
import { globToRegExp } from '../util/globToRegExp';
import { readKinds } from '../util/readKinds';
import { GroupParents } from './GroupParents';
import { LocationPattern } from './LocationPattern';
import { findBreach, RegistrationLimits } from './registrationLimits';

const KEY = 'resEdge.registration.rules';

/** One entry of `resEdge.registration.rules`. */
interface Rule extends RegistrationLimits {
  readonly locations: readonly LocationPattern[];
  readonly kinds: ReadonlySet<EdgeKind>;
}

/** What may be registered, and what has no effect. @internal */
export interface AdmittedEntities {
  readonly entities: readonly RegisteredEntity[];
  readonly problems: readonly Problem[];
}

/**
 * Which places of registration may define what: registering YAML is not a permission. A kind that no rule names comes
 * from nowhere, but applications from anywhere: the owner of a namespace accepts them.
 *
 * @internal
 */
export class RegistrationRules {
  /** @throws InputError that names the key */
  static fromConfig(config: Config): RegistrationRules {
    const rules = config.getOptionalConfigArray(KEY) ?? [];
    return new RegistrationRules(rules.map(readRule));
  }

  private constructor(private readonly rules: readonly Rule[]) {}

  /** Whether a rule speaks of subtrees of groups. */
  get dependOnGroups(): boolean {
    return this.rules.some(({ groups }) => groups !== undefined);
  }

  /** Whether a rule names this place. */
  names(location: string): boolean {
    return this.rules.some(({ locations }) =>
      locations.some(pattern => pattern.matches(location)),
    );
  }

  /**
   * Parts what may be registered from what may not.
   *
   * @param others - groups of other origins, which may be parents
   */
  admit(
    registered: readonly RegisteredEntity[],
    others: Iterable<EdgeEntity> = [],
  ): AdmittedEntities {
    const parents = GroupParents.create(others);
    const problems: Problem[] = [];
    const refused = new Set<RegisteredEntity>();
    for (const item of groupsFirst(registered)) {
      const problem = this.check(item, parents);
      if (problem) {
        problems.push(problem);
        refused.add(item);
      } else {
        parents.add(item.entity);
      }
    }
    return {
      entities: registered.filter(item => !refused.has(item)),
      problems,
    };
  }

  private check(
    { entity, location }: RegisteredEntity,
    parents: GroupParents,
  ): Problem | undefined {
    const { kind } = entity;
    const rules = this.rules.filter(rule => rule.kinds.has(kind));
    if (rules.length === 0 && kind === 'EdgeApplication') return undefined;
    const here = rules.filter(rule =>
      rule.locations.some(pattern => pattern.matches(location)),
    );
    const ref = entityRefOf(kind, entity.metadata.name);
    if (here.length === 0) {
      return {
        entity: ref,
        field: '',
        message: `has no effect: ${kind} may not be registered at this place; ${KEY} says where`,
      };
    }
    const breaches = here.map(rule => findBreach(entity, rule, parents));
    const [first] = breaches;
    return first === undefined || breaches.includes(undefined)
      ? undefined
      : {
          entity: ref,
          field: first.field,
          message: `has no effect: ${first.message}`,
        };
  }
}

/** Groups from the root down, then the rest: a group that has no effect does not open what would be below it. */
function groupsFirst(
  registered: readonly RegisteredEntity[],
): Iterable<RegisteredEntity> {
  const groups = new Map<string, RegisteredEntity>();
  for (const item of registered) {
    if (item.entity.kind === 'EdgeGroup') {
      groups.set(item.entity.metadata.name, item);
    }
  }
  const parentOf = ({ entity }: RegisteredEntity) =>
    entity.kind === 'EdgeGroup' && entity.spec.parent !== undefined
      ? groups.get(entity.spec.parent)
      : undefined;
  const ordered = new Set<RegisteredEntity>();
  for (const start of groups.values()) {
    const chain = new Set<RegisteredEntity>();
    for (
      let item: RegisteredEntity | undefined = start;
      item && !ordered.has(item) && !chain.has(item);
      item = parentOf(item)
    ) {
      chain.add(item);
    }
    [...chain].reverse().forEach(item => ordered.add(item));
  }
  registered.forEach(item => ordered.add(item));
  return ordered;
}

function readRule(config: Config, index: number): Rule {
  const namespaces = config
    .getOptionalStringArray('namespaces')
    ?.map(globToRegExp);
  return {
    kinds: readKinds(config, `${KEY}[${index}]`),
    locations: config.getStringArray('locations').map(LocationPattern.create),
    namespaces: namespaces && {
      includes: name => namespaces.some(pattern => pattern.test(name)),
    },
    groups: config.getOptionalStringArray('groups'),
  };
}
