import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  EDGE_KINDS,
  EdgeKind,
  isEdgeKind,
} from '@res-edge/backstage-plugin-res-edge-common';

/** The `kinds` of a rule; `key` is where the rule stands. @throws InputError @internal */
export function readKinds(rule: Config, key: string): ReadonlySet<EdgeKind> {
  const kinds = rule.getStringArray('kinds').map(kind => {
    if (isEdgeKind(kind)) return kind;
    throw new InputError(
      `${key}.kinds: '${kind}' is unknown; allowed are ${EDGE_KINDS.join(
        ', ',
      )}`,
    );
  });
  return new Set(kinds);
}
