import {
  EDGE_KINDS,
  edgeKindOf,
  EdgeKind,
} from '@res-edge/backstage-plugin-res-edge-common';
import { UsageError } from '../UsageError';

/** The kinds as they are typed. @internal */
export const KIND_WORDS: Readonly<Record<EdgeKind, readonly string[]>> = {
  EdgeCluster: ['clusters', 'cluster'],
  EdgeGroup: ['groups', 'group'],
  EdgeNamespace: ['namespaces', 'namespace', 'ns'],
  EdgeApplication: ['applications', 'application', 'app', 'apps'],
  EdgePolicy: ['policies', 'policy'],
};

/**
 * The kind that a word means, in any case: `clusters`, `cluster` or `EdgeCluster`.
 *
 * @throws UsageError
 * @internal
 */
export function parseKind(word: string): EdgeKind {
  const lower = word.toLowerCase();
  const kind =
    edgeKindOf(lower) ??
    EDGE_KINDS.find(each => KIND_WORDS[each].includes(lower));
  if (kind) return kind;
  const known = EDGE_KINDS.map(each => KIND_WORDS[each][0]).join(', ');
  throw new UsageError(`KIND is '${word}'; allowed are ${known}`);
}
