import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import {
  ApplicationReport,
  applicationState,
  fluxStatusManifests,
  Freshness,
  FRESHNESS,
  freshnessOf,
  isNewerReport,
} from '.';

const limits = { staleAfter: 30, offlineAfter: 120 };

const reports = fc.record<ApplicationReport>({
  revision: fc.constantFrom('a', 'b'),
  condition: fc.constantFrom('healthy', 'progressing', 'failed', 'removed'),
  at: fc.integer({ min: 1, max: 4 }),
});

describe('freshnessOf', () => {
  it.each<[number | undefined, Freshness]>([
    [1000, 'fresh'],
    [1001, 'fresh'],
    [971, 'fresh'],
    [970, 'stale'],
    [881, 'stale'],
    [880, 'offline'],
  ])('of %s is %s', (heardAt, freshness) => {
    expect(freshnessOf(heardAt, 1000, limits)).toBe(freshness);
  });

  it.each<[number | undefined, Freshness]>([
    [undefined, 'unknown'],
    [971, 'awaited'],
    [970, 'unknown'],
  ])('of what is awaited since %s is %s', (since, freshness) => {
    expect(freshnessOf(undefined, 1000, limits, since)).toBe(freshness);
    expect(freshnessOf(1000, 1000, limits, since)).toBe('fresh');
  });
});

describe('applicationState', () => {
  it('never calls a report of another revision than the wanted one a success, nor one of a silent cluster', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('a', 'b'),
        fc.option(reports, { nil: undefined }),
        fc.constantFrom(...FRESHNESS),
        (wanted, report, freshness) => {
          const state = applicationState(wanted, report, freshness);
          expect(state === 'current').toBe(
            freshness === 'fresh' &&
              report?.revision === wanted &&
              report.condition === 'healthy',
          );
          expect(freshness === 'fresh' ? freshness : state).toBe(freshness);
        },
      ),
    );
  });

  it('tells what is behind from what was never reported', () => {
    const report: ApplicationReport = {
      revision: 'a',
      condition: 'failed',
      at: 1,
    };
    expect(applicationState('b', report, 'fresh')).toBe('behind');
    expect(applicationState('a', report, 'fresh')).toBe('failed');
    expect(applicationState('a', undefined, 'fresh')).toBe('unknown');
    expect(
      applicationState('a', { ...report, condition: 'removed' }, 'fresh'),
    ).toBe('behind');
  });
});

describe('isNewerReport', () => {
  it('ends with the newest, in whatever order reports come', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(reports, { selector: ({ at }) => at, minLength: 1 }),
        fc.infiniteStream(fc.nat()),
        (history, random) => {
          const shuffled = history
            .map(report => ({ report, key: random.next().value! }))
            .sort((one, other) => one.key - other.key);
          let last: ApplicationReport | undefined;
          for (const { report } of shuffled) {
            if (isNewerReport(report, last)) last = report;
          }
          expect(last!.at).toBe(Math.max(...history.map(({ at }) => at)));
        },
      ),
    );
  });

  it('of one second, keeps what is settled', () => {
    const at = 1000;
    const revision = 'a';
    const healthy = { revision, condition: 'healthy', at } as const;
    const progressing = { revision, condition: 'progressing', at } as const;
    expect(isNewerReport(progressing, healthy)).toBe(false);
    expect(isNewerReport(healthy, progressing)).toBe(true);
    expect(isNewerReport({ ...progressing, revision: 'b' }, healthy)).toBe(
      true,
    );
  });
});

describe('fluxStatusManifests', () => {
  it('gives a Provider that signs, and an Alert for each Kustomization', () => {
    const [provider, alert] = parseAllDocuments(
      fluxStatusManifests({
        cluster: 'tx-austin-1',
        url: 'https://portal.example.com/api/res-edge/',
      }),
    ).map(document => document.toJS());
    expect(provider).toMatchObject({
      kind: 'Provider',
      metadata: { name: 'res-edge-status', namespace: 'flux-system' },
      spec: {
        type: 'generic-hmac',
        address:
          'https://portal.example.com/api/res-edge/v1/status/flux/tx-austin-1',
        secretRef: { name: 'res-edge-status' },
      },
    });
    expect(alert).toMatchObject({
      kind: 'Alert',
      spec: {
        eventMetadata: { cluster: 'tx-austin-1' },
        providerRef: { name: 'res-edge-status' },
        eventSources: [{ kind: 'Kustomization', name: '*' }],
      },
    });
  });
});
