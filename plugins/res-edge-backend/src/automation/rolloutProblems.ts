import {
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Rollout } from '@res-edge/backstage-plugin-res-edge-engine';
import { PlannedMain } from './PlannedMain';

/** What people should know of releases that went wrong. @internal */
export function rolloutProblems(
  { application, version, phase }: Rollout,
  { registration }: PlannedMain,
): Problem[] {
  const ref = entityRefOf('EdgeApplication', application);
  const problem = (message: string) => [
    { entity: ref, field: 'spec.version', message },
  ];
  const entity = registration.records.get(ref)?.entity;
  if (entity?.kind !== 'EdgeApplication') return [];
  if (phase === 'stopped')
    return problem(
      `The rollout of ${version} has stopped: too many clusters, or one of its gates, failed`,
    );
  return phase === 'rolled-back' && entity.spec.version === version
    ? problem(
        `${version} was rolled back, and does not start again; another release does`,
      )
    : [];
}
