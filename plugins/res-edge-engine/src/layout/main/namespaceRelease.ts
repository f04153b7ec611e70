import { NamespaceDecision } from '../../model';
import { dataDigest, shortDigest } from '../format/digest';

/** Digest of what rolls out of a namespace: its content, and whom it selects. @public */
export function namespaceRelease({
  entity,
  digest,
}: NamespaceDecision): string {
  const { selector } = entity.spec;
  return shortDigest(dataDigest({ digest, selector }));
}
