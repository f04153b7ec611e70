import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { Slices } from '@res-edge/backstage-plugin-res-edge-engine';
import { SourcePollStore } from '../database';
import { isAccepted } from '../util/isAccepted';
import { approvalsFor } from './Approvals';
import { DirectRules } from './DirectRules';
import { foundVersions } from './foundVersion';
import { findIntents, Intent } from './Intent';
import { needsSignOff } from './needsSignOff';
import { PlannedMain } from './PlannedMain';
import { BusyEntities } from './Promotions';
import { Rollouts } from './Rollouts';

/** What the inventory asks of main: by itself, or by a person who merges it. @internal */
export interface SortedIntents {
  readonly direct: readonly Intent[];
  readonly requests: readonly Intent[];
  readonly problems: readonly Problem[];
}

/**
 * Finds what the inventory asks of main, without what is held because somebody changed it on main by hand.
 *
 * @param only - references of entities; all of them where left out
 * @internal
 */
export async function sortIntents(
  {
    directRules,
    slices,
    rollouts,
    polls,
  }: {
    directRules: DirectRules;
    slices: Slices;
    rollouts: Pick<Rollouts, 'refused'>;
    polls?: Pick<SourcePollStore, 'list'>;
  },
  { main, registration }: Pick<PlannedMain, 'main' | 'registration'>,
  only?: ReadonlySet<string>,
): Promise<SortedIntents> {
  const { inventory, records } = registration;
  const { intents, problems } = await findIntents({
    inventory,
    records,
    main,
    slices,
    only,
    refused: await rollouts.refused(),
    found: await foundVersions(polls),
  });
  const held = new Set(main.drift.map(({ ref }) => ref));
  const free = intents.filter(({ ref }) => !held.has(ref));
  // What a person adopted is undone by a person alone.
  const isDirect = (intent: Intent) =>
    !main.adopted.has(intent.ref) &&
    directRules.allows(intent.kind, intent.location) &&
    isAccepted(intent.entity, inventory) &&
    !needsSignOff(intent.entity) &&
    approvalsFor(intent, main).length === 0;
  return {
    problems,
    direct: free.filter(isDirect),
    requests: free.filter(intent => !isDirect(intent)),
  };
}

/** All that is asked for, whoever merges it. @internal */
export function askedIn({
  requests,
  direct,
}: SortedIntents): readonly Intent[] {
  return [...requests, ...direct];
}

/** References of entities that something else is asked for, or that are held. @internal */
export function busyIn(
  { main }: PlannedMain,
  found: SortedIntents,
): BusyEntities {
  const asked = new Set([
    ...askedIn(found).map(({ ref }) => ref),
    ...found.problems.map(({ entity }) => entity),
  ]);
  return { asked, held: new Set(main.drift.map(({ ref }) => ref)) };
}
