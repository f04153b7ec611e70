import { createTestFleet } from '../../__testUtils__';
import { explainPlacement, previewSelector } from './selectorQueries';

const fleet = createTestFleet();

describe('selectors', () => {
  it('are previewed with sample and counts (demand 18)', () => {
    const preview = previewSelector(fleet, {
      selector: { groups: ['geo.us'] },
      sample: 2,
      by: 'geo.us',
    });
    expect(preview).toMatchObject({
      count: 4,
      total: 5,
      sample: ['tx-austin-1', 'tx-austin-2'],
    });
    expect(preview.byGroup.map(({ group, count }) => [group, count])).toEqual([
      ['geo.us.tx', 3],
      ['geo.us.ut', 1],
    ]);
    expect(
      previewSelector(fleet, { selector: { all: true }, sample: 0 }).sample,
    ).toEqual([]);
  });

  it('explain a placement with what is delivered', () => {
    expect(explainPlacement(fleet, 'imdb', 'tx-austin-2')).toMatchObject({
      application: 'imdb',
      cluster: 'tx-austin-2',
      placed: true,
      delivered: '0.9.0',
    });
    const holdOf = (cluster: string) =>
      explainPlacement(fleet, 'beer-kiosk', cluster).steps.at(-1);
    expect(holdOf('tx-austin-1')).toMatchObject({
      step: 'hold',
      verdict: 'passed',
    });
    const { steps } = explainPlacement(fleet, 'imdb', 'tx-austin-2');
    expect(steps.at(-1)).toMatchObject({
      step: 'hold',
      verdict: 'failed',
      rule: 'edgepolicy:default/store-hours',
      message: expect.stringContaining('until 2026-11-21 05:00 UTC'),
    });
    expect(explainPlacement(fleet, 'imdb', 'fr-paris-1').placed).toBe(false);
  });
});
