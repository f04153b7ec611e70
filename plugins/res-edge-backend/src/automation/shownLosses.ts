import { NamedLosses } from '@res-edge/backstage-plugin-res-edge-engine';
import { ShownLosses } from '../database';
import { policyDigest } from './Guards';
import { Intent } from './Intent';
import { intentDecisions } from './intentDecisions';
import { MainState } from './MainBranch';

/** What people who merge the change request of an intent read that it takes away. @internal */
export function shownLosses(
  intent: Intent,
  main: MainState,
  losses: NamedLosses,
): ShownLosses {
  if (intent.entity?.kind !== 'EdgePolicy') return { losses };
  const { decisions } = intentDecisions(main, [intent]);
  const policy = decisions.policies.get(intent.name)!;
  return { losses, policy: policyDigest(intent.ref, policy) };
}
