import type {
  AttributeValue,
  EdgeClusterEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { entity } from './entity.ts';
import { FRANCHISES, franchiseWeights } from './franchises.ts';
import type { Site } from './geography.ts';
import type { Density } from './places.ts';
import type { Random } from './Random.ts';

/** From here on a place is cut into districts. */
export const DISTRICT_SIZE = 150;

type Size = 'small' | 'medium' | 'large';

const SIZES: Record<Density, Record<Size, number>> = {
  dense: { small: 6, medium: 3, large: 1 },
  urban: { small: 3, medium: 5, large: 2 },
  suburban: { small: 1, medium: 4, large: 5 },
  rural: { small: 3, medium: 5, large: 2 },
};

const DRIVE_THROUGH: Record<Density, Record<Size, Record<string, number>>> = {
  dense: {
    small: { none: 1 },
    medium: { none: 9, 'single-lane': 1 },
    large: { none: 6, 'single-lane': 3, 'multi-lane': 1 },
  },
  urban: {
    small: { none: 8, 'single-lane': 2 },
    medium: { none: 4, 'single-lane': 5, 'multi-lane': 1 },
    large: { none: 1, 'single-lane': 3, 'multi-lane': 6 },
  },
  suburban: {
    small: { none: 3, 'single-lane': 7 },
    medium: { none: 1, 'single-lane': 6, 'multi-lane': 3 },
    large: { 'single-lane': 2, 'multi-lane': 8 },
  },
  rural: {
    small: { none: 2, 'single-lane': 8 },
    medium: { 'single-lane': 8, 'multi-lane': 2 },
    large: { 'single-lane': 4, 'multi-lane': 6 },
  },
};

const CHANNELS: Record<Density, Record<string, number>> = {
  dense: { street: 6, campus: 1, airport: 1, mall: 2 },
  urban: { street: 5, campus: 2, mall: 2, highway: 1 },
  suburban: { street: 3, mall: 3, highway: 3, airport: 1 },
  rural: { street: 3, highway: 6, campus: 1 },
};

const CAPACITY = {
  small: { cpu: '4', memory: '16Gi', storage: '100Gi', pods: 110 },
  medium: { cpu: '8', memory: '32Gi', storage: '250Gi', pods: 110 },
  large: { cpu: '16', memory: '64Gi', storage: '500Gi', pods: 110 },
};

// Bought before 2007 and not replaced yet: some applications find no room there.
const OLD_SMALL = { cpu: '2', memory: '8Gi', storage: '60Gi', pods: 60 };

function hours(
  random: Random,
  site: Site,
  channel: string,
): Record<string, string> {
  if (channel === 'airport' || (channel === 'highway' && random.chance(0.5))) {
    return { 'mon-sun': '00:00-24:00' };
  }
  const close = site.density === 'rural' ? '21:00' : '23:00';
  return { 'mon-fri': `06:00-${close}`, 'sat-sun': '07:00-22:00' };
}

/** The store of this number at a site; all about it follows from the site, then from its size and who runs it. */
export function store(
  random: Random,
  site: Site,
  index: number,
  districts: number,
): EdgeClusterEntity {
  const size = random.weighted(SIZES[site.density]);
  const driveThrough = random.weighted(DRIVE_THROUGH[site.density][size]);
  const channel = random.weighted(CHANNELS[site.density]);
  const operator = random.weighted(franchiseWeights(site));
  const { grills, camera } = FRANCHISES.find(
    franchise => franchise.group === operator,
  )!;
  const grill = random.weighted(grills);
  const opened = random.between(2004, 2026);
  const ring = random.weighted({ beta: 2, pilot: 8, prod: 90 });
  const lanes: Record<string, number> = {
    none: 0,
    'single-lane': 1,
    'multi-lane': random.between(2, 3),
  };
  const licensed =
    site.country !== 'pr' && channel !== 'campus' && random.chance(0.12);

  const attributes: Record<string, AttributeValue> = {
    driveThrough,
    lanes: lanes[driveThrough],
    kiosks: { small: 1, medium: 3, large: 6 }[size] * random.between(0, 1),
    freezerUnits: { small: 1, medium: 2, large: 4 }[size],
    floorArea:
      { small: 120, medium: 260, large: 480 }[size] + random.between(0, 60),
    opened,
    playArea: size === 'large' && random.chance(0.3),
    alcoholLicense: licensed,
    ...(grill === 'none' ? {} : { grill: grill.split('+') }),
    ...(camera === 'none' ? {} : { camera: [camera] }),
  };
  const languages = [
    ...(random.chance(site.spanish) ? ['marketing.language.spanish'] : []),
    ...(random.chance(site.french) ? ['marketing.language.french'] : []),
  ];
  const district = `d${String((index % districts) + 1).padStart(2, '0')}`;
  const number = String(index + 1).padStart(4, '0');
  const host = `10.${random.between(16, 239)}.${random.between(
    0,
    255,
  )}.${random.between(1, 250)}`;

  return entity(
    'EdgeCluster',
    {
      name: `${site.prefix}-${number}`,
      title: `${site.title} ${index + 1}`,
      labels: {
        ring,
        size,
        ownership:
          operator === 'franchise.corporate' ? 'corporate' : 'franchise',
        country: site.country,
        state: site.state,
        channel,
      },
    },
    {
      owner: 'group:default/store-operations',
      environment: 'prod',
      groups: [
        districts > 1 ? `${site.group}.${district}` : site.group,
        operator,
        `marketing.channel.${channel}`,
        ...languages,
        `delivery.depot.${site.region}`,
        ...(site.density === 'dense' && random.chance(0.6)
          ? ['delivery.courier.bike']
          : []),
        ...(site.density !== 'rural' && random.chance(0.4)
          ? ['delivery.courier.car']
          : []),
      ],
      attributes,
      capacity:
        size === 'small' && opened < 2007
          ? { ...OLD_SMALL }
          : { ...CAPACITY[size] },
      timeZone: site.zone,
      hours: hours(random, site, channel),
      values: { posHost: host, storeNumber: number },
      state: random.weighted({
        active: 985,
        provisioning: 8,
        draining: 5,
        retired: 2,
      }),
    },
  );
}
