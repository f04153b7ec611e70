import { mockServices } from '@backstage/backend-test-utils';
import {
  EdgeEntity,
  EdgeKind,
  Problem,
  RES_EDGE_API_VERSION,
} from '@res-edge/backstage-plugin-res-edge-common';
import { InventoryRecord, InventoryState } from '../database';
import { AdmittedCatalog } from './AdmittedCatalog';
import { RegistrationRules } from './RegistrationRules';

const FLEET = 'url:https://example.org/fleet/all.yaml';

function entity(kind: EdgeKind, name: string, spec: object = {}): EdgeEntity {
  return {
    apiVersion: RES_EDGE_API_VERSION,
    kind,
    metadata: { name, namespace: 'default' },
    spec,
  } as EdgeEntity;
}

function createCatalog(
  rules: object[],
  records: Partial<InventoryRecord>[] = [],
) {
  const problems = {
    replace: jest.fn(async (_: string, __: readonly Problem[]) => false),
    remove: jest.fn(),
    list: jest.fn(),
    problems: jest.fn(),
  };
  const inventory = {
    load: jest.fn(async () => ({ revision: 1, records } as InventoryState)),
  };
  const onProblems = jest.fn();
  const settle = jest.fn(async () => false);
  const statusProblem = { entity: 'a', field: '', message: 'status' };
  const catalog = AdmittedCatalog.create({
    catalog: {
      read: async () => ({
        entities: [
          {
            entity: entity('EdgeCluster', 'a', { groups: ['x.y'] }),
            location: FLEET,
          },
          { entity: entity('EdgePolicy', 'b'), location: FLEET },
        ],
        problems: [statusProblem],
      }),
    },
    errors: { settle },
    rules: RegistrationRules.fromConfig(
      mockServices.rootConfig({
        data: { resEdge: { registration: { rules: rules as never } } },
      }),
    ),
    inventory,
    problems,
    onProblems,
  });
  return { catalog, problems, inventory, onProblems, settle, statusProblem };
}

describe('AdmittedCatalog', () => {
  it('gives what may be registered, and tells of the rest', async () => {
    const { catalog, problems, inventory, onProblems, settle, statusProblem } =
      createCatalog([{ kinds: ['EdgeCluster'], locations: [FLEET] }]);
    const names = (await catalog.read()).map(item => item.entity.metadata.name);
    expect(names).toEqual(['a']);
    expect(problems.replace).toHaveBeenCalledWith('catalog', [
      statusProblem,
      expect.objectContaining({ entity: 'edgepolicy:default/b' }),
    ]);
    expect(settle).toHaveBeenCalledWith(
      new Map([
        ['edgecluster:default/a', FLEET],
        ['edgepolicy:default/b', FLEET],
      ]),
    );
    expect(inventory.load).not.toHaveBeenCalled();
    expect(onProblems).not.toHaveBeenCalled();

    problems.replace.mockResolvedValueOnce(true);
    await catalog.read();
    settle.mockResolvedValueOnce(true);
    await catalog.read();
    expect(onProblems).toHaveBeenCalledTimes(2);
  });

  it('knows groups that come from elsewhere', async () => {
    const { catalog } = createCatalog(
      [{ kinds: ['EdgeCluster'], locations: [FLEET], groups: ['x'] }],
      [
        { entity: entity('EdgeGroup', 'x'), origin: { type: 'catalog' } },
        {
          entity: entity('EdgeGroup', 'x.y', { parent: 'x' }),
          origin: { type: 'api' },
        },
      ],
    );
    await expect(catalog.read()).resolves.toHaveLength(1);
  });
});
