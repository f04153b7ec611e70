import { RolloutSpec } from '@res-edge/backstage-plugin-res-edge-common';
import {
  ContentSubject,
  contentSubject,
  Decisions,
  namespaceRelease,
  RolloutRings,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { PlannedMain } from './PlannedMain';

/** A content that goes through rings: of a namespace with its targets, or of a group. @internal */
export interface StagedContent extends ContentSubject {
  /** What its rollout is kept under. */
  readonly subject: string;
  /** Digest of it, as main holds it now. */
  readonly release: string;
  readonly policy: RolloutSpec;
  readonly rings: RolloutRings;
}

/** All content that goes through rings. @internal */
export function stagedContents({
  main: { decisions },
  plan,
}: Pick<PlannedMain, 'main' | 'plan'>): StagedContent[] {
  return contentsWithRollout(decisions).flatMap(
    ({ rollout, ...content }): StagedContent[] => {
      const policy = decisions.policies.get(rollout)?.spec;
      const rings = plan.rollouts.get(rollout);
      if (policy?.type !== 'rollout' || !rings) return [];
      return [{ ...content, subject: contentSubject(content), policy, rings }];
    },
  );
}

/** What names a rollout of which nobody knows the rings. @internal */
export function contentsWithoutRings({
  main: { decisions },
  plan,
}: Pick<PlannedMain, 'main' | 'plan'>): ContentSubject[] {
  return contentsWithRollout(decisions).filter(
    ({ rollout }) => !plan.rollouts.get(rollout),
  );
}

/** Digest of what rolls out of a namespace or group; undefined where there is none. @internal */
export function contentRelease(
  { namespaces, groups }: Pick<Decisions, 'namespaces' | 'groups'>,
  { kind, name }: ContentSubject,
): string | undefined {
  if (kind === 'EdgeGroup') return groups.get(name)?.digest;
  const found = namespaces.get(name);
  return found && namespaceRelease(found);
}

function contentsWithRollout({ namespaces, groups }: Decisions) {
  const found: (ContentSubject & { release: string; rollout: string })[] = [];
  for (const [name, decision] of namespaces) {
    const { rollout } = decision.entity.spec;
    if (rollout === undefined) continue;
    const release = namespaceRelease(decision);
    found.push({ ...{ kind: 'EdgeNamespace', name }, release, rollout });
  }
  for (const { name, digest, rollout } of groups.values())
    if (rollout !== undefined)
      found.push({ kind: 'EdgeGroup', name, release: digest, rollout });
  return found;
}
