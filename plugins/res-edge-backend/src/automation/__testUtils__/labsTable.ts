import { EdgeEntity } from '@res-edge/backstage-plugin-res-edge-common';
import path from 'node:path';
import { TableFleet } from './ChangeTable';
import { readYaml } from './TestFleet';

const EXAMPLES = path.resolve(__dirname, '../../../../../examples');

/** The labs fleet, and what of it the rows of the table change. */
export async function labsTable(): Promise<TableFleet> {
  const registered = await readYaml(path.join(EXAMPLES, 'labs'));
  const of = <K extends EdgeEntity['kind']>(kind: K) =>
    registered.flatMap(({ entity }) =>
      entity.kind === kind ? [entity as Extract<EdgeEntity, { kind: K }>] : [],
    );
  return {
    entities: {
      clusters: of('EdgeCluster'),
      groups: of('EdgeGroup'),
      namespaces: of('EdgeNamespace'),
      applications: of('EdgeApplication'),
      policies: of('EdgePolicy'),
    },
    sources: path.join(EXAMPLES, 'labs/apps'),
    application: 'dogs-cats',
    group: { name: 'stores.central', key: 'banner' },
    namespace: {
      name: 'dogs-cats',
      widened: { groups: ['beta', 'stores.west'] },
      narrowed: { groups: ['pilot', 'stores.west.ca'] },
    },
    clusters: ['central-la-nola-2302', 'west-wa-sea-2302'],
  };
}
