import { WORLD } from './places.ts';
import type { Density, Place } from './places.ts';

/** A place where stores stand. */
export interface Site {
  group: string;
  title: string;
  /** First part of the names of its stores. */
  prefix: string;
  country: string;
  region: string;
  state: string;
  zone: string;
  weight: number;
  density: Density;
  spanish: number;
  french: number;
}

/** One group of the hierarchy, parents before their children. */
export interface GeographyGroup {
  name: string;
  parent: string | undefined;
  title: string;
  values: Record<string, string> | undefined;
}

/** The geography as groups, and the places where stores stand. */
export function geography(): { groups: GeographyGroup[]; sites: Site[] } {
  const groups: GeographyGroup[] = [];
  const sites: Site[] = [];

  const walk = (path: string[], place: Place, above: Place): void => {
    const inherited = { ...above, ...place };
    const name = path.join('.');
    groups.push({
      name,
      parent: path.length > 1 ? path.slice(0, -1).join('.') : undefined,
      title: place.title,
      values: place.values,
    });
    for (const [key, child] of Object.entries(place.places ?? {})) {
      walk([...path, key], child, { ...inherited, weight: undefined });
    }
    if (place.weight !== undefined) {
      sites.push({
        group: name,
        title: place.title,
        prefix: [...new Set(path.slice(1))].join('-'),
        country: path[1],
        region: path[1] === 'us' ? path[2] : path[1],
        state: inherited.state!,
        zone: inherited.zone!,
        weight: place.weight,
        density: inherited.density!,
        spanish: inherited.spanish ?? 0.02,
        french: inherited.french ?? 0,
      });
    }
  };
  walk(['geo'], WORLD, { title: '' });
  return { groups, sites };
}
