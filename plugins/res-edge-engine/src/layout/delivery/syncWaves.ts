import { byCodeUnit } from '../format/digest';
import { FIRST_WAVE } from '../revision/engineFiles';

/** What of an application decides when it comes. @internal */
export interface OrderedApplication {
  readonly name: string;
  readonly namespace: string;
  readonly addon: boolean;
  readonly dependsOn: readonly string[];
}

/**
 * The waves of Argo CD after the first: the names of the applications in each. An application comes after all that it
 * depends on, and after the add-ons of its namespace unless it is one. Argo CD has no dependencies between Applications,
 * so that their depth stands for them.
 *
 * @param present - what is on the cluster; the others have no wave, and nobody waits for them
 * @internal
 */
export function syncWaves(
  applications: readonly OrderedApplication[],
  present: ReadonlySet<string>,
): ReadonlyMap<number, readonly string[]> {
  const here = new Map(
    applications
      .filter(({ name }) => present.has(name))
      .map(application => [application.name, application]),
  );
  const addons = new Map<string, string[]>();
  for (const { name, namespace, addon } of here.values()) {
    if (addon) addons.set(namespace, [...(addons.get(namespace) ?? []), name]);
  }
  const known = new Map<string, number>();
  const waveOf = (name: string): number => {
    const application = here.get(name);
    if (!application) return FIRST_WAVE - 1;
    const wave = known.get(name);
    if (wave !== undefined) return wave;
    // Circles are never placed. Whatever comes back here does not wait for itself.
    known.set(name, FIRST_WAVE);
    const { dependsOn, addon, namespace } = application;
    const before = addon
      ? dependsOn
      : [...dependsOn, ...(addons.get(namespace) ?? [])];
    const found = 1 + Math.max(FIRST_WAVE - 1, ...before.map(waveOf));
    known.set(name, found);
    return found;
  };
  const waves = new Map<number, string[]>();
  for (const name of [...here.keys()].sort(byCodeUnit)) {
    const wave = waveOf(name);
    if (wave === FIRST_WAVE) continue;
    waves.set(wave, [...(waves.get(wave) ?? []), name]);
  }
  return new Map([...waves].sort(([a], [b]) => a - b));
}
