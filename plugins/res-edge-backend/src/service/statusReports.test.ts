import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { StatusSource } from '@res-edge/backstage-plugin-res-edge-node';
import request from 'supertest';
import { createTestApi, createTestStatus } from '../__testUtils__';
import { StatusSources } from '../status';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const report = {
  cluster: 'tx-austin-2',
  application: 'imdb',
  revision: 'r1',
  condition: 'healthy',
  at: '2026-11-20T11:00:00Z',
};

describe('reports by the API', () => {
  it('are taken in as JSON and as lines, each with its outcome, and audited', async () => {
    const { app, policy, auditEvent } = await createTestApi(
      await databases.init('SQLITE_3'),
    );
    policy.reset();
    const { body } = await request(app)
      .post('/v1/status')
      .send({
        reports: [
          report,
          { cluster: 'mars' },
          { ...report, at: '2026-11-20T10:00:00Z' },
        ],
      })
      .expect(200);
    expect(body).toEqual({
      counts: { recorded: 1, 'unknown-cluster': 1, outdated: 1 },
      refused: [{ index: 1, outcome: 'unknown-cluster' }],
    });
    expect(auditEvent.success).toHaveBeenCalled();
    const lines = [report, { cluster: 'tx-austin-1' }];
    await request(app)
      .post('/v1/status')
      .type('application/x-ndjson')
      .send(lines.map(line => JSON.stringify(line)).join('\n'))
      .expect(200, { counts: { unchanged: 1, heard: 1 }, refused: [] });

    const wrong: [object, RegExp][] = [
      [{ ...report, condition: 'fine' }, /reports\[0\]\.condition: 'fine'/],
      [{ ...report, revision: undefined }, /reports\[0\]\.revision: missing/],
      [{ ...report, cluster: 7 }, /cluster: 7/],
      [{ ...report, revision: 'x'.repeat(101) }, /revision: has 101/],
      [{ ...report, at: 'now' }, /at: "now"/],
    ];
    for (const [line, message] of wrong) {
      const answer = await request(app)
        .post('/v1/status')
        .type('application/x-ndjson')
        .send(JSON.stringify(line))
        .expect(400);
      expect(answer.body.error.message).toMatch(message);
    }
  });
});

describe('StatusSources', () => {
  const sourceOf = (connect: StatusSource['connect'], name = 'monitoring') => ({
    getSourceName: () => name,
    connect,
  });

  it('lets sources report, and goes on where one does not begin', async () => {
    const sources = StatusSources.create();
    const outcomes = jest.fn();
    sources.add(
      sourceOf(async () => {
        throw new Error('Nobody answers');
      }, 'broken'),
    );
    sources.add(
      sourceOf(async receive => {
        outcomes(receive([{ ...report, condition: 'failed' }]));
      }),
    );
    expect(() => sources.add(sourceOf(async () => {}))).toThrow(/two sources/);
    const status = createTestStatus();
    const logger = mockServices.logger.mock();
    await sources.connect(status, logger);
    expect(outcomes).toHaveBeenCalledWith(['recorded']);
    expect(status.report('tx-austin-2', 'imdb')!.condition).toBe('failed');
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining("'broken'"),
      expect.objectContaining({ message: 'Nobody answers' }),
    );
  });
});
