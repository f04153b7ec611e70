import { parse } from 'yaml';
import { fluxKustomization } from './fluxKustomization';

describe('a Kustomization of Flux', () => {
  it('is ready once all that it applied is, so that a Job of a release can verify it (demand 17)', () => {
    const text = fluxKustomization({
      ...{ name: 'imdb', path: 'applications/imdb/revisions/1', revision: 'r' },
      ...{ namespace: 'imdb', account: 'res-edge' },
    });
    const { metadata, spec } = parse(text);
    expect(spec).toMatchObject({ wait: true, timeout: '5m', prune: true });
    // Its events say which revision that was.
    expect(Object.values(metadata.annotations)).toEqual(['r']);
  });
});
