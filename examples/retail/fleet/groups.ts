import type {
  EdgeGroupEntity,
  Selector,
  Values,
} from '@res-edge/backstage-plugin-res-edge-common';
import { entity } from './entity.ts';
import { FRANCHISES, MASTER_FRANCHISES } from './franchises.ts';
import type { GeographyGroup, Site } from './geography.ts';

function group(
  name: string,
  title: string,
  rest: { selector?: Selector; values?: Values } = {},
): EdgeGroupEntity {
  return entity(
    'EdgeGroup',
    { name, title },
    { parent: name.split('.').slice(0, -1).join('.'), ...rest },
  );
}

function root(
  name: string,
  title: string,
  type: string,
  precedence: number,
  owner: string,
  values?: Values,
): EdgeGroupEntity {
  return entity(
    'EdgeGroup',
    { name, title },
    { owner: `group:default/${owner}`, type, precedence, values },
  );
}

const DEPOT_TITLES: Record<string, string> = {
  northeast: 'Depot Newark',
  southeast: 'Depot Atlanta',
  midwest: 'Depot Joliet',
  central: 'Depot Dallas',
  west: 'Depot Fresno',
  hawaii: 'Depot Honolulu',
  ca: 'Depot Mississauga',
  mx: 'Depot Toluca',
  pr: 'Depot San Juan',
};

function lanes(size: string): Selector {
  return {
    matchLabels: { size },
    matchExpressions: [{ key: 'lanes', operator: 'Ge', values: [1] }],
  };
}

/** The business hierarchies beside the geography: people name members of some, rules those of others. */
function businessGroups(): EdgeGroupEntity[] {
  return [
    root('franchise', 'Franchises', 'franchise', 20, 'store-operations', {
      brandName: 'Copper Kettle',
      supportLine: '+1-555-0199',
    }),
    ...MASTER_FRANCHISES.map(({ group: name, title }) => group(name, title)),
    ...FRANCHISES.map(({ group: name, title, values }) =>
      group(name, title, { values }),
    ),

    root('marketing', 'Marketing', 'marketing', 30, 'marketing-team', {
      spanishMenu: 'false',
      frenchMenu: 'false',
      playlist: 'house',
    }),
    group('marketing.language', 'Second languages'),
    group('marketing.language.spanish', 'Spanish', {
      values: { spanishMenu: 'true' },
    }),
    group('marketing.language.french', 'French', {
      values: { frenchMenu: 'true' },
    }),
    group('marketing.channel', 'Local channels'),
    group('marketing.channel.street', 'Street'),
    group('marketing.channel.mall', 'Shopping malls'),
    group('marketing.channel.campus', 'Campuses', {
      values: { playlist: 'campus' },
    }),
    group('marketing.channel.airport', 'Airports', {
      values: { playlist: 'quiet' },
    }),
    group('marketing.channel.highway', 'Highways'),

    root('planogram', 'Plan-o-grams', 'plan-o-gram', 40, 'supply-team', {
      screens: '2',
    }),
    group('planogram.small', 'Small floor', {
      selector: { matchLabels: { size: 'small' } },
    }),
    group('planogram.medium', 'Medium floor', {
      selector: { matchLabels: { size: 'medium' } },
      values: { screens: '4' },
    }),
    group('planogram.medium.drive', 'Medium floor with a drive-through', {
      selector: lanes('medium'),
      values: { screens: '5' },
    }),
    group('planogram.large', 'Large floor', {
      selector: { matchLabels: { size: 'large' } },
      values: { screens: '6' },
    }),
    group('planogram.large.drive', 'Large floor with a drive-through', {
      selector: lanes('large'),
      values: { screens: '8' },
    }),

    root('device', 'Devices', 'device', 50, 'kitchen-team'),
    group('device.grill', 'Grills'),
    group('device.grill.acme', 'Acme grills'),
    group('device.grill.acme.3000', 'Acme3000', {
      selector: '/m/grill/acme3000',
    }),
    group('device.grill.acme.3001', 'Acme3001', {
      selector: '/m/grill/acme3001',
    }),
    group('device.grill.hearth', 'Hearth grills', {
      selector: { expression: '"hearth-2" in cluster.attributes.grill' },
    }),
    group('device.grill.ranger', 'Ranger grills', {
      selector: { expression: '"ranger-9" in cluster.attributes.grill' },
    }),
    group('device.camera', 'Cameras'),
    ...['orbit', 'lynx'].map(camera =>
      group(`device.camera.${camera}`, `Cameras by ${camera}`, {
        selector: {
          matchExpressions: [
            { key: 'camera', operator: 'In', values: [camera] },
          ],
        },
      }),
    ),

    root('delivery', 'Delivery', 'delivery', 60, 'delivery-team', {
      depotHost: 'depot.example.com',
    }),
    group('delivery.depot', 'Depots'),
    ...Object.entries(DEPOT_TITLES).map(([key, title]) =>
      group(`delivery.depot.${key}`, title, {
        values: { depotHost: `${key}.depot.example.com` },
      }),
    ),
    group('delivery.courier', 'Couriers'),
    group('delivery.courier.bike', 'By bike'),
    group('delivery.courier.car', 'By car'),
  ];
}

/** All groups; places with many stores are cut into districts. */
export function groupsOf(
  places: readonly GeographyGroup[],
  districts: ReadonlyMap<Site, number>,
): EdgeGroupEntity[] {
  const geography = places.map(({ name, parent, title, values }) =>
    parent === undefined
      ? root(name, title, 'geography', 10, 'store-operations', values)
      : group(name, title, { values }),
  );
  const districtGroups = [...districts].flatMap(([site, count]) =>
    count < 2
      ? []
      : Array.from({ length: count }, (_, index) =>
          group(
            `${site.group}.d${String(index + 1).padStart(2, '0')}`,
            `District ${index + 1}`,
          ),
        ),
  );
  return [...geography, ...districtGroups, ...businessGroups()];
}
