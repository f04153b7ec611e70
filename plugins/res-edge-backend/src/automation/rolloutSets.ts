import {
  Decisions,
  SetMember,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { StoredRollout } from '../database';
import { StagedApplication } from './createRolloutWorld';

/** A rollout that can still move, with what it is advanced by. @internal */
export interface RolloutUnderWay extends SetMember {
  /** The application's entity reference. */
  readonly ref: string;
  readonly stored: StoredRollout;
  readonly staged: StagedApplication;
}

/** Those that are promoted together, each of the others by itself. @internal */
export function rolloutSets(
  rollouts: readonly RolloutUnderWay[],
): readonly (readonly RolloutUnderWay[])[] {
  const sets = new Map<string, RolloutUnderWay[]>();
  for (const one of rollouts) {
    const { entity, policy } = one.staged;
    const key = policy.together ? `set ${entity.spec.rollout}` : one.ref;
    const known = sets.get(key);
    if (known) known.push(one);
    else sets.set(key, [one]);
  }
  return [...sets.values()];
}

/** The other applications that are promoted together with one. @internal */
export function setOf(
  { applications, policies }: Pick<Decisions, 'applications' | 'policies'>,
  application: string,
): readonly string[] {
  const name = applications.get(application)?.entity.spec.rollout ?? '';
  const spec = policies.get(name)?.spec;
  if (spec?.type !== 'rollout' || !spec.together) return [];
  return [...applications.values()]
    .map(({ entity }) => entity)
    .filter(
      ({ metadata, spec: { rollout } }) =>
        rollout === name && metadata.name !== application,
    )
    .map(({ metadata }) => metadata.name);
}
