import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  createPermission,
  Permission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  edgeEntityPermission,
  resEdgeAuditReadPermission,
  resEdgeChangeRequestMergePermission,
  resEdgePermissions,
  resEdgePlanReadPermission,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ResEdgePolicy } from './ResEdgePolicy';
import { readRoleAssignments } from './RoleAssignment';

const assignments = readRoleAssignments(
  new ConfigReader({
    resEdge: {
      roles: [
        { group: 'platform-team', role: 'platform-operator' },
        { group: 'group:default/pos-team', role: 'application-team' },
        {
          group: 'north',
          role: 'store-operations',
          groups: ['franchise.north'],
          environments: ['prod'],
        },
        { group: 'user:default/anna', role: 'auditor' },
      ],
    },
  }),
);

async function decide(
  permission: Permission,
  ...ownershipEntityRefs: string[]
): Promise<PolicyDecision> {
  const credentials = mockCredentials.user();
  const userInfo = mockServices.userInfo.mock({
    getUserInfo: async () => ({
      userEntityRef: 'user:default/mock',
      ownershipEntityRefs,
    }),
  });
  return ResEdgePolicy.create({ assignments, userInfo }).handle(
    { permission },
    {
      credentials,
      info: { userEntityRef: 'user:default/mock', ownershipEntityRefs },
    },
  );
}

const readCluster = edgeEntityPermission('EdgeCluster', 'read');

describe('ResEdgePolicy', () => {
  it('allows operators everything, and those without a role nothing', async () => {
    for (const permission of resEdgePermissions) {
      await expect(
        decide(permission, 'group:default/platform-team'),
      ).resolves.toEqual({ result: 'ALLOW' });
      await expect(decide(permission, 'group:default/x')).resolves.toEqual({
        result: 'DENY',
      });
      await expect(
        ResEdgePolicy.create({
          assignments,
          userInfo: mockServices.userInfo.mock(),
        }).handle({ permission }),
      ).resolves.toEqual({ result: 'DENY' });
    }
  });

  it('lets auditors read all and change nothing', async () => {
    for (const permission of resEdgePermissions) {
      const { action } = permission.attributes;
      await expect(decide(permission, 'user:default/anna')).resolves.toEqual({
        result: action === 'read' ? 'ALLOW' : 'DENY',
      });
    }
  });

  it('keeps store operations to their stores', async () => {
    const limit = {
      allOf: [
        {
          rule: 'IN_GROUP',
          resourceType: 'res-edge-entity',
          params: { groups: ['franchise.north'] },
        },
        {
          rule: 'HAS_ENVIRONMENT',
          resourceType: 'res-edge-entity',
          params: { environments: ['prod'] },
        },
      ],
    };
    for (const action of ['read', 'create', 'update', 'delete'] as const) {
      await expect(
        decide(
          edgeEntityPermission('EdgeCluster', action),
          'group:default/north',
        ),
      ).resolves.toMatchObject({ result: 'CONDITIONAL', conditions: limit });
    }
    await expect(
      decide(
        edgeEntityPermission('EdgeGroup', 'update'),
        'group:default/north',
      ),
    ).resolves.toEqual({ result: 'DENY' });
    await expect(
      decide(resEdgeChangeRequestMergePermission, 'group:default/north'),
    ).resolves.toEqual({ result: 'DENY' });
  });

  it('keeps application teams to what is theirs', async () => {
    const team = 'group:default/pos-team';
    const params = { owners: [team] };
    await expect(decide(readCluster, team)).resolves.toMatchObject({
      conditions: { rule: 'IS_REACHED_BY', params },
    });
    await expect(
      decide(edgeEntityPermission('EdgeApplication', 'update'), team),
    ).resolves.toMatchObject({ conditions: { rule: 'IS_OWNER', params } });
    await expect(
      decide(edgeEntityPermission('EdgeCluster', 'update'), team),
    ).resolves.toEqual({ result: 'DENY' });
    await expect(decide(resEdgePlanReadPermission, team)).resolves.toEqual({
      result: 'ALLOW',
    });
    await expect(decide(resEdgeAuditReadPermission, team)).resolves.toEqual({
      result: 'DENY',
    });
  });

  it('adds up the roles that somebody has', async () => {
    await expect(
      decide(readCluster, 'group:default/pos-team', 'group:default/north'),
    ).resolves.toMatchObject({
      conditions: {
        anyOf: [{ rule: 'IS_REACHED_BY' }, { allOf: [{}, {}] }],
      },
    });
    await expect(
      decide(readCluster, 'group:default/pos-team', 'user:default/anna'),
    ).resolves.toEqual({ result: 'ALLOW' });
  });

  it('hides in the catalog what the data service hides', async () => {
    await expect(
      decide(catalogEntityReadPermission, 'user:default/anna'),
    ).resolves.toEqual({ result: 'ALLOW' });
    await expect(
      decide(catalogEntityReadPermission, 'group:default/north'),
    ).resolves.toMatchObject({
      conditions: {
        anyOf: [
          {
            not: {
              rule: 'IS_ENTITY_KIND',
              params: {
                kinds: [
                  'EdgeCluster',
                  'EdgeGroup',
                  'EdgeNamespace',
                  'EdgeApplication',
                ],
              },
            },
          },
          {
            rule: 'IS_ENTITY_OWNER',
            params: { claims: ['group:default/north'] },
          },
        ],
      },
    });
  });

  it('allows what is not of Res-Edge', async () => {
    const permission = createPermission({ name: 'other.read', attributes: {} });
    await expect(decide(permission)).resolves.toEqual({ result: 'ALLOW' });
  });
});

describe('readRoleAssignments', () => {
  it.each([
    [{ group: 'x', role: 'king' }, 'resEdge.roles[0].role'],
    [{ group: 'group:', role: 'auditor' }, 'resEdge.roles[0].group'],
    [{ role: 'auditor' }, 'group'],
  ])('refuses %j, and names the field', (role, field) => {
    expect(() =>
      readRoleAssignments(new ConfigReader({ resEdge: { roles: [role] } })),
    ).toThrow(field);
  });

  it('has none by default', () => {
    expect(readRoleAssignments(new ConfigReader({}))).toEqual([]);
  });
});
