import { InventoryRecord } from '@res-edge/backstage-plugin-res-edge-common';

const REGIONS = ['central', 'east', 'north', 'south', 'west'];

/** A cluster as stores have them: ten labels, four groups, attributes, capacity. */
export function clusterRecord(index: number, round: string) {
  const region = REGIONS[index % REGIONS.length];
  const name = `${region}-store-${String(index).padStart(6, '0')}`;
  const entity = {
    apiVersion: 'res-edge.io/v1alpha1',
    kind: 'EdgeCluster' as const,
    metadata: {
      name,
      namespace: 'default',
      title: `Store ${index}`,
      labels: {
        region,
        round,
        ring: index % 50 === 0 ? 'beta' : 'prod',
        ownership: index % 3 === 0 ? 'franchise' : 'corporate',
        size: index % 2 === 0 ? 'large' : 'small',
        state: `state-${index % 50}`,
        city: `city-${index % 500}`,
        franchise: `franchise-${index % 100}`,
        hardware: `hardware-${index % 7}`,
        template: `template-${index % 12}`,
      },
    },
    spec: {
      owner: 'group:default/store-operations',
      environment: 'prod',
      groups: [
        `geo.${region}.${index % 50}.${index % 500}`,
        `franchise.${index % 100}`,
        `marketing.${index % 20}`,
        `hardware.${index % 7}`,
      ],
      attributes: {
        driveThrough: index % 4 === 0 ? 'multi-lane' : 'single-lane',
        grill: [`acme${3000 + (index % 3)}`],
        lanes: 1 + (index % 3),
      },
      capacity: { cpu: '16', memory: '64Gi', storage: '500Gi', pods: 110 },
      timeZone: 'America/Chicago',
      hours: { 'mon-fri': '06:00-23:00', 'sat-sun': '07:00-22:00' },
      values: { posHost: `10.${index % 250}.0.1` },
      state: 'active',
    },
  };
  return {
    entity,
    origin: { type: 'provider', location: 'bench' },
    revision: 1,
  } satisfies InventoryRecord;
}
