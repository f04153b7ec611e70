import { ChangeRequests } from './ChangeRequests';
import { Guards } from './Guards';

/**
 * Notes what was merged elsewhere; that signs off the losses that it showed, as a merge in the portal does.
 *
 * @internal
 */
export async function noteMerges(
  {
    changeRequests,
    guards,
  }: { changeRequests: ChangeRequests; guards: Guards },
  now: Date,
): Promise<void> {
  for (const { id, mergedBy } of await changeRequests.merges.note(now)) {
    const shown = await changeRequests.shownLosses(id);
    const by = { actor: mergedBy, reason: `merged change request ${id}` };
    if (shown) await guards.signOffMerged(shown, by, now);
  }
}
