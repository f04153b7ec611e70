import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PermissionCondition,
  PermissionCriteria,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  EdgeClusterEntity,
  EdgeEntity,
  edgeEntityPermission,
  RESOURCE_TYPE_RES_EDGE_ENTITY,
} from '@res-edge/backstage-plugin-res-edge-common';
import { edgeEntityConditions as conditions } from '@res-edge/backstage-plugin-res-edge-node';
import { createTestView, TestPolicy } from '../__testUtils__';
import { Access, ProposedChange } from './Access';

const view = createTestView();
const policy = new TestPolicy();

function conditional(
  criteria: PermissionCriteria<
    PermissionCondition<typeof RESOURCE_TYPE_RES_EDGE_ENTITY>
  >,
): PolicyDecision {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'res-edge',
    resourceType: RESOURCE_TYPE_RES_EDGE_ENTITY,
    conditions: criteria,
  };
}

const texas = conditional(conditions.inGroup({ groups: ['geo.us.tx'] }));
const deny: PolicyDecision = { result: AuthorizeResult.DENY };
const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };

async function accessWith(decisions: Record<string, PolicyDecision>) {
  policy.reset();
  policy.decide = ({ name }) => decisions[name] ?? deny;
  return policy
    .accessFactory({ view: () => view })
    .forCaller(mockCredentials.user(), Object.keys(decisions));
}

const names = (access: Access) =>
  view.snapshot.namesOf(access.fleet().clusters);

describe('what a caller sees', () => {
  it.each([
    ['inGroup', conditions.inGroup({ groups: ['geo.fr'] }), ['fr-paris-1']],
    [
      'inGroup, of a parent',
      conditions.inGroup({ groups: ['geo.us'] }),
      ['tx-austin-1', 'tx-austin-2', 'us-old-1', 'ut-provo-1'],
    ],
    [
      'isOwner, in any spelling',
      conditions.isOwner({ owners: ['Operations'] }),
      ['tx-austin-1'],
    ],
    [
      'hasEnvironment',
      conditions.hasEnvironment({ environments: ['prod', 'test'] }),
      ['tx-austin-1'],
    ],
    [
      'inNamespace',
      conditions.inNamespace({ namespaces: ['point-of-sale'] }),
      ['tx-austin-1', 'tx-austin-2', 'ut-provo-1'],
    ],
    [
      'isReachedBy',
      conditions.isReachedBy({ owners: ['group:default/pos-team'] }),
      ['fr-paris-1', 'tx-austin-1', 'tx-austin-2', 'ut-provo-1'],
    ],
    ['no value', conditions.inGroup({ groups: [] }), []],
    ['unknown names', conditions.inGroup({ groups: ['__proto__'] }), []],
    [
      'all of several',
      {
        allOf: [
          conditions.inGroup({ groups: ['geo.us'] }),
          conditions.inGroup({ groups: ['franchise'] }),
          { not: conditions.hasEnvironment({ environments: ['prod'] }) },
        ],
      },
      ['ut-provo-1'],
    ],
    [
      'any of several',
      {
        anyOf: [
          conditions.inGroup({ groups: ['geo.fr'] }),
          conditions.isOwner({ owners: ['group:default/operations'] }),
        ],
      },
      ['fr-paris-1', 'tx-austin-1'],
    ],
  ] as [string, PermissionCriteria<PermissionCondition<typeof RESOURCE_TYPE_RES_EDGE_ENTITY>>, string[]][])(
    'is what %s holds for',
    async (_, criteria, expected) => {
      const access = await accessWith({
        'res-edge.cluster.read': conditional(criteria),
      });
      expect(names(access)).toEqual(expected);
      // The same for each cluster alone, as if it were not in the fleet yet.
      const readable = access.canRead(view.inventory.clusters);
      expect(
        view.inventory.clusters
          .filter((_cluster, index) => readable[index])
          .map(({ metadata }) => metadata.name)
          .sort(),
      ).toEqual(expected);
    },
  );

  it('is remembered for callers of the same grants', async () => {
    const decisions = { 'res-edge.cluster.read': texas };
    const [one, other] = [
      await accessWith(decisions),
      await accessWith(decisions),
    ];
    expect(one.fleet()).toBe(other.fleet());
  });

  it('needs one of the permissions', async () => {
    await expect(accessWith({ 'res-edge.cluster.read': deny })).rejects.toThrow(
      "This needs the permission 'res-edge.cluster.read'",
    );
    await expect(
      accessWith({ 'res-edge.plan.read': deny, 'res-edge.group.read': texas }),
    ).resolves.toBeInstanceOf(Access);
  });

  it('has the hierarchies from the topmost visible group down', async () => {
    const { groups } = (
      await accessWith({
        'res-edge.cluster.read': texas,
        'res-edge.group.read': conditional(
          conditions.inGroup({ groups: ['geo.us'] }),
        ),
      })
    ).fleet();
    expect(groups.roots).toEqual(['geo.us']);
    expect(groups.path('geo.us.tx')).toEqual(['geo.us']);
    expect(groups.has('geo')).toBe(false);
    expect(groups.members('geo.us').count()).toBe(3);
    expect(groups.members('geo.us.ut').count()).toBe(0);
    expect(groups.members('geo').count()).toBe(0);
    expect(groups.groupsOf(view.snapshot.numberOf('tx-austin-1')!)).toEqual([
      'geo.us',
      'geo.us.tx',
    ]);
  });

  it('has no text that names something hidden', async () => {
    const fleet = (
      await accessWith({
        'res-edge.cluster.read': texas,
        'res-edge.application.read': allow,
      })
    ).fleet();
    expect(fleet.text('imdb runs on tx-austin-1.')).toContain('imdb runs');
    expect(
      fleet.text(
        '12 of 18 clusters would lose it (3 of them did within a day): wait',
      ),
    ).toBe('some clusters would lose it: wait');
    expect(
      fleet.text(
        '12 of 18 clusters are healthy; 17 have to be; its gates pass',
      ),
    ).toBe('some clusters are healthy; its gates pass');
    expect(fleet.text("5 clusters of ring 'beta' have failed; 1 may")).toBe(
      "some clusters of ring 'beta' have failed",
    );
    for (const text of [
      'as on ut-provo-1.',
      "not 'edgecluster:default/ut-provo-1'",
      'edgegroup:default/geo#spec.values',
      'of bar',
    ]) {
      expect(fleet.text(text)).toBe(
        'This names something that you may not see',
      );
    }
    expect(
      fleet.reference('edgecluster:default/UT-provo-1#spec'),
    ).toBeUndefined();
  });
});

describe('what a caller may change', () => {
  const cluster = (name: string) =>
    view.inventory.clusters.find(({ metadata }) => metadata.name === name)!;
  const inGroups = (
    entity: EdgeClusterEntity,
    groups: string[],
    name?: string,
  ) => ({
    ...entity,
    metadata: { ...entity.metadata, name: name ?? entity.metadata.name },
    spec: { ...entity.spec, groups },
  });
  const change = (
    action: ProposedChange['action'],
    before?: EdgeEntity,
    after?: EdgeEntity,
  ): ProposedChange => {
    const { kind, metadata } = (after ?? before)!;
    return { action, kind, name: metadata.name, before, after };
  };
  const ofTexas = {
    'res-edge.cluster.read': texas,
    'res-edge.cluster.create': texas,
    'res-edge.cluster.update': texas,
    'res-edge.cluster.delete': texas,
  };
  const austin = cluster('tx-austin-1');
  const provo = cluster('ut-provo-1');
  const fresh = inGroups(austin, ['geo.us.tx'], 'tx-new-1');

  it.each([
    ['creates in reach', change('create', undefined, fresh), undefined],
    [
      'creates out of reach',
      change('create', undefined, inGroups(fresh, ['geo.us.ut'])),
      'NotAllowedError',
    ],
    [
      'takes the name of something hidden',
      change('create', provo, inGroups(provo, ['geo.us.tx'])),
      'NotAllowedError',
    ],
    [
      'changes in reach',
      change('update', austin, inGroups(austin, ['geo.us.tx', 'franchise'])),
      undefined,
    ],
    [
      'moves something out of reach',
      change('update', austin, inGroups(austin, ['geo.us.ut'])),
      'NotAllowedError',
    ],
    [
      'moves something into reach',
      change('update', provo, inGroups(provo, ['geo.us.tx'])),
      'NotFoundError',
    ],
    ['deletes in reach', change('delete', austin), undefined],
    ['deletes what is hidden', change('delete', provo), 'NotFoundError'],
    [
      'changes what is of another kind',
      change('update', view.inventory.groups[0], view.inventory.groups[0]),
      'NotFoundError',
    ],
  ])('%s', async (_, proposed, error) => {
    const access = await accessWith(ofTexas);
    const [found] = await access.review([proposed]);
    expect(found?.name).toBe(error);
  });

  it('is judged change by change in a batch, whatever names come twice', async () => {
    const access = await accessWith(ofTexas);
    const errors = await access.review([
      change('create', undefined, fresh),
      change('update', fresh, inGroups(fresh, ['geo.fr'])),
      change('update', fresh, inGroups(fresh, ['geo.us.tx', 'franchise'])),
    ]);
    expect(errors.map(error => error?.name)).toEqual([
      undefined,
      'NotAllowedError',
      undefined,
    ]);
    await expect(
      access.check([change('create', undefined, inGroups(fresh, []))]),
    ).rejects.toThrow(
      "This needs the permission 'res-edge.cluster.create' for EdgeCluster 'tx-new-1'",
    );
  });

  it('counts groups that come with the same batch', async () => {
    const access = await accessWith({
      ...ofTexas,
      'res-edge.group.create': texas,
    });
    const [root] = view.inventory.groups;
    const dallas = {
      ...root,
      metadata: { ...root.metadata, name: 'geo.us.tx.dallas' },
      spec: { parent: 'geo.us.tx' },
    };
    const errors = await access.review([
      change('create', undefined, dallas),
      change('create', undefined, inGroups(fresh, ['geo.us.tx.dallas'])),
    ]);
    expect(errors).toEqual([undefined, undefined]);
  });

  it('asks the policy once, for what the operation does not name', async () => {
    const access = await accessWith({ 'res-edge.cluster.read': allow });
    policy.decide = () => allow;
    policy.asked.length = 0;
    await access.check([change('delete', austin)]);
    await access.check([change('delete', provo)]);
    expect(policy.asked).toEqual([
      edgeEntityPermission('EdgeCluster', 'delete').name,
    ]);
  });
});
