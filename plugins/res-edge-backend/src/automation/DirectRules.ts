import { Config } from '@backstage/config';
import {
  EDGE_KINDS,
  EdgeKind,
} from '@res-edge/backstage-plugin-res-edge-common';
import { InputError } from '@backstage/errors';

interface DirectRule {
  kinds: ReadonlySet<EdgeKind>;
  locations: readonly RegExp[];
}

/**
 * Which registered YAML is merged into main without a change request, because the place where it is
 * registered is reviewed already: `resEdge.changes.direct`. None by default.
 *
 * @internal
 */
export class DirectRules {
  private constructor(private readonly rules: readonly DirectRule[]) {}

  static fromConfig(config: Config): DirectRules {
    const rules = config.getOptionalConfigArray('resEdge.changes.direct') ?? [];
    return new DirectRules(
      rules.map((rule, index) => ({
        kinds: new Set(readKinds(rule, index)),
        locations: rule.getStringArray('locations').map(globToRegExp),
      })),
    );
  }

  /** True where an entity of this kind, registered there, needs no change request. */
  allows(kind: EdgeKind, location: string | undefined): boolean {
    if (location === undefined) return false;
    return this.rules.some(
      rule =>
        rule.kinds.has(kind) &&
        rule.locations.some(pattern => pattern.test(location)),
    );
  }
}

function readKinds(rule: Config, index: number): EdgeKind[] {
  return rule.getStringArray('kinds').map(kind => {
    if (!EDGE_KINDS.includes(kind as EdgeKind)) {
      throw new InputError(
        `resEdge.changes.direct[${index}].kinds: '${kind}' is unknown; allowed are ${EDGE_KINDS.join(
          ', ',
        )}`,
      );
    }
    return kind as EdgeKind;
  });
}

/** `*` stands for any characters; everything else is meant literally. */
function globToRegExp(glob: string): RegExp {
  const escaped = glob
    .split('*')
    .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`);
}
