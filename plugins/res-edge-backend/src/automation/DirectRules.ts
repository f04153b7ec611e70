import { Config } from '@backstage/config';
import { EdgeKind } from '@res-edge/backstage-plugin-res-edge-common';
import { LocationPattern } from '../inventory';
import { readKinds } from '../util/readKinds';

interface DirectRule {
  kinds: ReadonlySet<EdgeKind>;
  locations: readonly LocationPattern[];
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
        kinds: readKinds(rule, `resEdge.changes.direct[${index}]`),
        locations: rule.getStringArray('locations').map(LocationPattern.create),
      })),
    );
  }

  /** True where an entity of this kind, registered there, needs no change request. */
  allows(kind: EdgeKind, location: string | undefined): boolean {
    return this.rules.some(
      rule =>
        rule.kinds.has(kind) &&
        rule.locations.some(pattern => pattern.matches(location)),
    );
  }
}
