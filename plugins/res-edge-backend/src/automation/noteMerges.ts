import { AuditLog, mergeEntry } from '../database';
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
    audit,
  }: {
    changeRequests: ChangeRequests;
    guards: Guards;
    audit?: Pick<AuditLog, 'append'>;
  },
  now: Date,
): Promise<void> {
  for (const merged of await changeRequests.merges.note(now)) {
    const { id, mergedBy } = merged;
    await audit?.append([mergeEntry(merged, { actor: mergedBy })]);
    const shown = await changeRequests.shownLosses(id);
    const by = { actor: mergedBy, reason: `merged change request ${id}` };
    if (shown) await guards.signOffMerged(shown, by, now);
  }
}
