import { createTestView } from '../../__testUtils__';
import { explainPlacement, previewSelector } from './selectorQueries';

const view = createTestView();

describe('selectors', () => {
  it('are previewed with sample and counts', () => {
    const preview = previewSelector(view, {
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
      previewSelector(view, { selector: { all: true }, sample: 0 }).sample,
    ).toEqual([]);
  });

  it('explain a placement with what is delivered', () => {
    expect(explainPlacement(view, 'imdb', 'tx-austin-2')).toMatchObject({
      application: 'imdb',
      cluster: 'tx-austin-2',
      placed: true,
      delivered: '0.9.0',
    });
    expect(explainPlacement(view, 'imdb', 'fr-paris-1').placed).toBe(false);
  });
});
