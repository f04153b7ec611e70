import type { Site } from './geography.ts';

/** Who runs a store, and what follows from it: equipment is bought by contract, not store by store. */
export interface Franchise {
  group: string;
  title: string;
  /** Share of the stores of a region or country, by its name; `*` for all others. */
  share: Record<string, number>;
  /** Grills by how often they are bought; "+" joins two that stand in one kitchen. */
  grills: Record<string, number>;
  camera: string;
  values?: Record<string, string>;
}

/** A master franchise: the level between the brand and who runs the stores. */
export const MASTER_FRANCHISES: readonly { group: string; title: string }[] = [
  { group: 'franchise.atlantic', title: 'Atlantic Masters' },
  { group: 'franchise.lone-star', title: 'Lone Star Masters' },
  { group: 'franchise.pacific', title: 'Pacific Masters' },
  { group: 'franchise.north', title: 'Northern Masters' },
  { group: 'franchise.north.quebec', title: 'Northern Masters in Quebec' },
];

export const FRANCHISES: readonly Franchise[] = [
  {
    group: 'franchise.corporate',
    title: 'Company-owned',
    share: { northeast: 5, midwest: 4, hawaii: 9, mx: 0, pr: 0, ca: 1, '*': 4 },
    grills: {
      acme3000: 4,
      acme3001: 4,
      'acme3000+acme3001': 1,
      'hearth-2': 1,
      none: 0.2,
    },
    camera: 'orbit',
    values: { supportLine: '+1-555-0100' },
  },
  {
    group: 'franchise.atlantic.harbor-foods',
    title: 'Harbor Foods',
    share: { northeast: 3, southeast: 2, pr: 4 },
    grills: { acme3000: 3, 'hearth-2': 4 },
    camera: 'orbit',
    values: { supportLine: '+1-555-0121' },
  },
  {
    group: 'franchise.atlantic.pine-street',
    title: 'Pine Street Kitchens',
    share: { northeast: 2, southeast: 3 },
    grills: { 'hearth-2': 5, acme3001: 1 },
    camera: 'lynx',
  },
  {
    group: 'franchise.lone-star.rio',
    title: 'Rio Restaurants',
    share: { central: 4, mx: 6, west: 1 },
    grills: { 'ranger-9': 6, acme3000: 1 },
    camera: 'lynx',
    values: { supportLine: '+1-555-0133', brandName: 'Cobre y Maíz' },
  },
  {
    group: 'franchise.lone-star.alamo',
    title: 'Alamo Group',
    share: { central: 3, southeast: 1 },
    grills: { 'ranger-9': 5, 'hearth-2': 1 },
    camera: 'orbit',
  },
  {
    group: 'franchise.pacific.redwood',
    title: 'Redwood Dining',
    share: { west: 4, hawaii: 2 },
    grills: { acme3001: 5, 'hearth-2': 2 },
    camera: 'orbit',
    values: { supportLine: '+1-555-0144' },
  },
  {
    group: 'franchise.north.maple',
    title: 'Maple Table',
    share: { ca: 5 },
    grills: { 'hearth-2': 3, acme3001: 2 },
    camera: 'lynx',
    values: { supportLine: '+1-555-0155' },
  },
  {
    group: 'franchise.north.quebec.laurentide',
    title: 'Laurentide',
    share: { ca: 3 },
    grills: { 'hearth-2': 1 },
    camera: 'lynx',
    values: { brandName: 'La Bouilloire' },
  },
  // Straight under the brand, without a master.
  {
    group: 'franchise.prairie-grill',
    title: 'Prairie Grill',
    share: { midwest: 3, central: 1 },
    grills: { 'ranger-9': 1, acme3000: 2 },
    camera: 'none',
  },
];

/** Which franchises run stores at a site, and how many of them. */
export function franchiseWeights(site: Site): Record<string, number> {
  return Object.fromEntries(
    FRANCHISES.map(({ group, share }) => {
      const everywhere = share['*'] ?? 0;
      const weight = share[site.region] ?? everywhere;
      // This one works where its language is spoken.
      return [
        group,
        group.includes('.quebec.') && site.state !== 'qc' ? 0 : weight,
      ];
    }),
  );
}
