import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseStateStore, openDatabase } from '../database';
import { PlanLoop } from './PlanLoop';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('PlanLoop', () => {
  it('runs on the replica that plans for what any replica asked, also while a run is under way', async () => {
    const knex = await openDatabase(
      mockServices.database({
        knex: await databases.init('SQLITE_3'),
        migrations: { skip: false },
      }),
    );
    const state = DatabaseStateStore.create({ knex });
    const runs: string[] = [];
    let reason = '';
    let duringRun = async () => {};
    const create = (replica: string) =>
      PlanLoop.create({
        automation: {
          follow: async () => {},
          requestReason: async () => reason,
          async run(why) {
            runs.push(`${replica}: ${why}`);
            await duringRun();
          },
        },
        state,
        logger: mockServices.logger.mock(),
        leaseMilliseconds: 60_000,
      });
    // As a webhook does, of which no other replica hears.
    async function ask(why: string) {
      reason = why;
      await state.count('requests');
    }
    async function runsBecome(expected: string[]) {
      while (runs.length < expected.length) await sleep(10);
      expect(runs).toEqual(expected);
    }

    const planner = create('planner');
    planner.start();
    await runsBecome(['planner: start']);
    const other = create('other');
    other.start();

    duringRun = async () => {
      duringRun = async () => {};
      await ask('github.pull_request');
    };
    await ask('github.push');
    await runsBecome([
      'planner: start',
      'planner: github.push',
      'planner: github.pull_request',
    ]);
    other.plan('reports');
    planner.plan('reports');
    await runsBecome([
      'planner: start',
      'planner: github.push',
      'planner: github.pull_request',
      'planner: reports',
    ]);
    await Promise.all([other.stop(), planner.stop()]);
  });
});
