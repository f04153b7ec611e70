import { Rollout } from '@res-edge/backstage-plugin-res-edge-engine';
import { StagedApplication } from './createRolloutWorld';
import { PlannedMain } from './PlannedMain';

/** Undefined where an application goes through no rings, or nobody knows them. @internal */
export function stagedOf(
  { main: { decisions }, plan }: PlannedMain,
  application: string,
): StagedApplication | undefined {
  const entity = decisions.applications.get(application)?.entity;
  const name = entity?.spec.rollout ?? '';
  const spec = decisions.policies.get(name)?.spec;
  const rings = plan.rollouts.get(name);
  return entity && rings && spec?.type === 'rollout'
    ? { entity, policy: spec, rings }
    : undefined;
}

/** What was aborted stays where it is, and holds what has not changed yet. @internal */
export function canMove({ phase }: Rollout): boolean {
  return !['done', 'rolled-back', 'overtaken'].includes(phase);
}
