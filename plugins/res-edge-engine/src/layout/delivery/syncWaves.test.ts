import fc from 'fast-check';
import { OrderedApplication, syncWaves } from './syncWaves';

function waveOf(waves: ReturnType<typeof syncWaves>, name: string): number {
  for (const [wave, names] of waves) if (names.includes(name)) return wave;
  return 1;
}

/** Applications whose dependencies have lower numbers: no circles. */
const fleets = fc
  .array(
    fc.record({
      addon: fc.boolean(),
      namespace: fc.constantFrom('a', 'b', 'c'),
      present: fc.boolean(),
      needs: fc.array(fc.nat(20), { maxLength: 3 }),
    }),
    { maxLength: 20 },
  )
  .map(list =>
    list.map(({ needs, present, ...rest }, number) => ({
      present,
      name: `app${number}`,
      // Nothing of an add-on's own namespace may come before it but other add-ons.
      dependsOn: needs
        .filter(other => other < number && (!rest.addon || list[other].addon))
        .map(other => `app${other}`),
      ...rest,
    })),
  );

describe('syncWaves', () => {
  it('brings everything after what it waits for, and nothing later than needed', () => {
    fc.assert(
      fc.property(fleets, fleet => {
        const here = fleet.filter(({ present }) => present);
        const names = new Set(here.map(({ name }) => name));
        const waves = syncWaves(fleet, names);
        for (const { name, namespace, addon, dependsOn } of here) {
          const before = here.filter(
            other =>
              dependsOn.includes(other.name) ||
              (!addon && other.addon && other.namespace === namespace),
          );
          const latest = Math.max(
            0,
            ...before.map(other => waveOf(waves, other.name)),
          );
          expect(waveOf(waves, name)).toBe(latest + 1);
        }
        const named = [...waves.values()].flat();
        expect(named.every(name => names.has(name))).toBe(true);
        expect(new Set(named).size).toBe(named.length);
      }),
    );
  });

  it('ends where somebody depends on themselves', () => {
    const circle = (name: string, dependsOn: string[]): OrderedApplication => ({
      ...{ name, dependsOn, namespace: 'x', addon: false },
    });
    const all = [circle('a', ['b']), circle('b', ['a']), circle('c', ['c'])];
    expect(syncWaves(all, new Set(['a', 'b', 'c'])).size).toBeGreaterThan(0);
  });
});
