import { TestDatabases } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import { ApprovalSpec } from '@res-edge/backstage-plugin-res-edge-common';
import fc from 'fast-check';
import { DatabaseApprovalStore } from '../database';
import { migrationsFolder } from '../database/openDatabase';
import { ApprovableDecision } from './ApprovableDecision';
import { Approvals } from './Approvals';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const PEOPLE = ['ann', 'bob', 'cid'];
const DIGESTS = ['d1', 'd2', 'd3'];
/** The same approval, before and after somebody changed it. */
const SPECS: readonly ApprovalSpec[] = [1, 2].map(count => ({
  ...{ type: 'approval' as const },
  steps: [{ from: ['group:default/operations'], count }],
}));

const word = fc.record({
  actor: fc.constantFrom(...PEOPLE),
  digest: fc.constantFrom(...DIGESTS),
  spec: fc.constantFrom(...SPECS),
});

describe('approvals', () => {
  it('never apply to another digest, nor to what the approval says by now', async () => {
    const knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    const approvals = Approvals.create({
      store: DatabaseApprovalStore.create({ knex }),
      audit: { list: async () => ({ items: [] }) },
      changeRequests: { lastMerged: async () => undefined },
      now: () => new Date('2026-11-20T12:00:00Z'),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 12 }), async words => {
        const intent = `edgeapplication:default/a${run++}`;
        const decisionOf = (
          digest: string,
          spec: ApprovalSpec,
        ): ApprovableDecision => ({
          decision: `${intent} ${digest}`,
          needs: {
            policies: [{ name: 'operations', spec }],
            involved: [],
          },
          ...{ title: 'Release', link: '/' },
        });
        for (const { actor, digest, spec } of words) {
          await approvals
            .answer(decisionOf(digest, spec), {
              actor: `user:default/${actor}`,
              identities: ['group:default/operations'],
              verdict: 'approve',
            })
            .catch(error => {
              // Enough have agreed already.
              if (!(error instanceof NotAllowedError)) throw error;
            });
        }
        for (const digest of DIGESTS) {
          for (const spec of SPECS) {
            const people = new Set(
              words
                .filter(each => each.digest === digest && each.spec === spec)
                .map(({ actor }) => actor),
            );
            const [[{ state }]] = await approvals.judge([
              decisionOf(digest, spec),
            ]);
            expect([digest, state]).toEqual([
              digest,
              people.size >= spec.steps[0].count! ? 'given' : 'waiting',
            ]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
