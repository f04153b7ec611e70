import { ClusterSet } from '@res-edge/backstage-plugin-res-edge-common';
import { changeRequestText } from './changeRequestText';

const set = (count: number): ClusterSet => ({
  count,
  sample: ['tx-1', 'tx-2', 'tx-3', 'tx-4'].slice(0, count),
  byGroup:
    count > 0
      ? [{ group: 'geo.us.tx', count, total: 9, hierarchy: 'geo' }]
      : [],
});

const facts = {
  intent: 'edgeapplication:default/imdb',
  owner: 'group:default/pos-team',
  requestedBy: 'url:https://example.org/apps.yaml',
  totals: { won: 4, lost: 1, changed: 0, refused: 2, bills: 5 },
  effects: [
    {
      kind: 'application' as const,
      name: 'imdb',
      version: { from: '1.0.0', to: '1.0.1' },
      won: set(4),
      lost: set(1),
      changed: set(0),
      refused: set(2),
    },
  ],
  problems: [],
  files: [{ path: 'apps/imdb/release.yaml', status: 'changed' as const }],
};

describe('changeRequestText', () => {
  it('says what changes for whom, why, what is at risk, and where', () => {
    expect(changeRequestText(facts)).toBe(`\
Asked for by \`edgeapplication:default/imdb\`, registered at \`url:https://example.org/apps.yaml\`, owned by \`group:default/pos-team\`.

### What changes for whom

The folders of 5 clusters change.

|  | won | lost | changed | refused |
| --- | --- | --- | --- | --- |
| application \`imdb\` \`1.0.0\` → \`1.0.1\` | 4 | 1 | 0 | 2 |

- \`imdb\` won in \`geo.us.tx\` 4 (\`tx-1\`, \`tx-2\`, \`tx-3\`, …)
- \`imdb\` lost in \`geo.us.tx\` 1 (\`tx-1\`)
- \`imdb\` refused in \`geo.us.tx\` 2 (\`tx-1\`, \`tx-2\`)

### Risk

- It takes application \`imdb\` away from 1 cluster. Whoever merges signs that off.
- 2 placements are refused: no capacity, a prohibition, or a dependency that is not there.

### Files

| file |  |
| --- | --- |
| \`apps/imdb/release.yaml\` | changed |`);
  });

  it('lets nothing from entities be more than text', () => {
    const evil = 'x` @org/team <img src=x> [a](http://b) fixes #1 | y\n# z';
    const text = changeRequestText({
      ...facts,
      intent: evil,
      owner: evil,
      requestedBy: evil,
      effects: [{ ...facts.effects[0], name: evil, version: { to: evil } }],
      problems: [{ entity: 'x', field: evil, message: evil }],
      files: [{ path: evil, status: 'added' }],
    });
    // What is left without the code spans is Res-Edge's own words.
    const outside = text.replace(/(`+)(?!`).*?[^`]\1(?!`)/g, '');
    expect(outside).not.toMatch(/[@<\[#]\w|http|fixes|img/);
    expect(text.split('\n').filter(line => line.startsWith('# '))).toEqual([]);
  });

  it('stays short', () => {
    const files = Array.from({ length: 3000 }, (_, index) => ({
      path: `apps/imdb/versions/1/${index}.yaml`,
      status: 'added' as const,
    }));
    const effects = Array.from({ length: 500 }, () => facts.effects[0]);
    const text = changeRequestText({ ...facts, files, effects });
    expect(text).toContain('and 2950 more');
    expect(text).toContain('and 470 more');
    expect(text.length).toBeLessThan(20_000);
  });
});
