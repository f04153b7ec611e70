import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  ApplicationReach,
  ChangeRequestDetails,
  ClusterSet,
  EntityRow,
  ResEdgeApi,
  ResEdgeApiError,
} from '@res-edge/backstage-plugin-res-edge-common';
import { approvalSamples } from './approvalSamples';
import { rolloutSamples } from './rolloutSamples';
import { policySamples } from './policySamples';
import { pollSample } from './pollSample';
import { SampleFleet } from './SampleFleet';
import {
  auditSample,
  bootstrapSample,
  changeRequest,
  clusterPlacements,
  driftSample,
  explanation,
  guardSample,
} from './samples';
import { applicationStatus, clusterStatus, fleetStatus } from './statusSamples';

const APPLICATIONS = ['heartbeat', 'imdb', 'dogs-cats', 'tabs-spaces', 'redis'];

/** A backend without a backend: answers as the real one would, from a made-up fleet. */
export function createSampleApi(size = 18): ResEdgeApi {
  const fleet = SampleFleet.create(size);
  const { clusters } = fleet;
  const names = (some: readonly EntityRow[]) => some.map(each => each.name);
  const beta = fleet.members('beta');
  const central = fleet.members('stores.central');
  const nowhere: ClusterSet = { count: 0, sample: [], byGroup: [] };
  const set = (some: EntityRow[]): ClusterSet => ({
    count: some.length,
    sample: names(some).slice(0, 5),
    byGroup: fleet.byGroup(some),
  });
  const requests: ChangeRequestDetails[] = [
    changeRequest('imdb', {
      won: set(central),
      lost: nowhere,
      changed: set(beta),
      refused: set(central.slice(0, 1)),
    }),
    {
      ...changeRequest('heartbeat', {
        won: nowhere,
        lost: set(beta),
        changed: nowhere,
        refused: nowhere,
      }),
      mergeable: false,
      blocked: 'main holds a foreign commit in namespaces/heartbeat.',
    },
  ];
  let guards = [guardSample(set(central))];
  let drift = [driftSample];
  const settle = async ({ digest }: { digest: string }) => {
    if (digest !== driftSample.digest) {
      throw new ConflictError('More was changed by hand meanwhile.');
    }
    drift = [];
    return { items: drift };
  };
  const applications: ApplicationReach[] = APPLICATIONS.map((name, index) => {
    const targets = index === 4 ? 0 : Math.ceil(size / (index + 1));
    const refused = index === 1 ? Math.floor(targets / 6) : 0;
    return {
      name,
      namespace: index === 4 ? undefined : name,
      owner: 'group:default/platform',
      version: '1.0.1',
      mergedVersion: index === 1 ? '1.0.0' : '1.0.1',
      targets,
      refused,
      placed: targets - refused,
      held: index === 2 ? 1 : 0,
      delivered: index === 2 ? Math.floor(targets / 2) : targets - refused,
      problems: index === 3 ? 2 : 0,
      changeRequest: index === 1 ? 'imdb' : undefined,
      poll: index === 1 ? pollSample : undefined,
    };
  });
  const problems = clusters
    .filter(each => each.problems > 0)
    .map(each => ({
      entity: `edgecluster:default/${each.name}`,
      field: 'spec.groups[1]',
      message: 'Group franchise.nobody is not registered.',
    }));

  return {
    async getFleet() {
      return {
        clusters: {
          total: size,
          byState: {
            active: Math.max(size - 1, 0),
            draining: Math.min(size, 1),
          },
        },
        groups: 17,
        namespaces: 4,
        applications: APPLICATIONS.length,
        policies: 1,
        placements: {
          placed: 3 * size,
          refused: Math.floor(size / 6),
          held: 1,
        },
        problems: problems.length,
        openChangeRequests: requests.filter(each => each.state === 'open')
          .length,
        plan: requests[0].plan,
        delivery: {
          shards: 1,
          clusters: size,
          state: 'delivered',
          deliveredAt: '2026-11-20T10:00:00Z',
          mainCommit: '0123456789abcdef0123456789abcdef01234567',
        },
      };
    },
    async listEntities({ cursor = '0', group, limit = 50, search } = {}) {
      const matches = (group ? fleet.members(group) : clusters).filter(
        each => !search || each.name.includes(search),
      );
      const end = Number(cursor) + limit;
      return {
        items: matches.slice(Number(cursor), end),
        total: matches.length,
        nextCursor: end < matches.length ? String(end) : undefined,
      };
    },
    async countEntities({ by }) {
      return { by, total: size, distinct: 0, counts: [] };
    },
    async getEntity({ kind, name }) {
      return {
        entity: { kind, metadata: { name } },
        origin: { type: 'catalog' },
        etag: '"1"',
        createdAt: '2026-11-20T12:00:00.000Z',
        updatedAt: '2026-11-20T12:00:00.000Z',
        problems: [],
      };
    },
    async listRecords() {
      return { revision: 1, records: [], deleted: [] };
    },
    importRecords: readOnly,
    storeSource: readOnly,
    createEntity: readOnly,
    applyEntity: readOnly,
    patchEntity: readOnly,
    deleteEntity: readOnly,
    writeEntities: readOnly,
    whatIf: readOnly,
    async listChanges() {
      return { revision: 1, changes: [] };
    },
    async listAuditEntries() {
      return { items: auditSample };
    },
    async listProblems({ entity } = {}) {
      const items = problems.filter(each => !entity || each.entity === entity);
      return { items, total: items.length };
    },
    async listRootGroups() {
      return { items: fleet.children(undefined) };
    },
    async getGroup({ name }) {
      const parts = name.split('.');
      return {
        group: fleet.group(name),
        path: parts
          .slice(0, -1)
          .map((_, index) => ({ name: parts.slice(0, index + 1).join('.') })),
        children: fleet.children(name),
        direct: clusters.filter(each => each.groups?.includes(name)).length,
        values: [
          {
            key: 'taxRegion',
            value: 'tx',
            origin: `edgegroup:default/${name}`,
          },
        ],
      };
    },
    async getClusterBootstrap({ name, engine = 'flux', transport }) {
      return bootstrapSample(name, engine, transport);
    },
    async getClusterPlacements({ name }) {
      return clusterPlacements(name);
    },
    async getFleetStatus() {
      return fleetStatus;
    },
    async reportStatus() {
      return { counts: {}, refused: [] };
    },
    async getClusterStatus({ name }) {
      return clusterStatus(name);
    },
    async getApplicationStatus({ name }) {
      return applicationStatus(name, clusters[0].name);
    },
    async listApplications() {
      return { items: applications };
    },
    async listApplicationPlacements({ cursor = '0', limit = 50, state }) {
      const all = {
        placed: clusters,
        refused: central.slice(0, 3),
        held: clusters.slice(0, 1),
      }[state ?? 'placed'];
      const end = Number(cursor) + limit;
      return {
        items: all.slice(Number(cursor), end).map(({ name }) => ({
          cluster: name,
          version: '1.0.1',
          delivered: { placed: '1.0.1', refused: undefined, held: '1.0.0' }[
            state ?? 'placed'
          ],
          held:
            state === 'held'
              ? clusterPlacements(name).applications[0].held
              : undefined,
          step: state === 'refused' ? 'fit' : undefined,
          reason:
            state === 'refused'
              ? 'It requests 250m cpu, 100m are left of the quota.'
              : 'Selected by namespace imdb.',
        })),
        total: all.length,
        byGroup: fleet.byGroup(all),
        nextCursor: end < all.length ? String(end) : undefined,
      };
    },
    async getNamespaceReach() {
      return {
        clusters: central.length,
        sample: names(central).slice(0, 20),
        byGroup: fleet.byGroup(central),
        applications: applications.slice(0, 2),
      };
    },
    async explain({ application, cluster }) {
      return explanation(application, cluster);
    },
    async previewSelector({ selector }) {
      if (typeof selector === 'string' && selector.includes('cluster.foo')) {
        throw await ResEdgeApiError.fromResponse(
          new Response(
            JSON.stringify({
              error: {
                name: 'InputError',
                message: 'cluster has no field foo.',
                position: selector.indexOf('foo'),
              },
            }),
            { status: 400 },
          ),
        );
      }
      return {
        count: central.length,
        total: size,
        sample: names(central).slice(0, 30),
        byGroup: fleet.byGroup(central),
      };
    },
    async listPlans() {
      return { items: requests.map(each => each.plan) };
    },
    async runPlan() {
      return { requested: true };
    },
    async getPlan({ id }) {
      return found(requests.find(each => each.plan.id === id)?.plan, id);
    },
    async listChangeRequests({ state } = {}) {
      const items = requests.filter(each => !state || each.state === state);
      return { items, total: items.length };
    },
    async getChangeRequest({ id }) {
      return {
        ...found(
          requests.find(each => each.id === id),
          id,
        ),
      };
    },
    async mergeChangeRequest({ id, digest }) {
      const request = found(
        requests.find(each => each.id === id),
        id,
      );
      if (request.digest !== digest) {
        throw new ConflictError('Another decision stands there by now.');
      }
      request.state = 'merged';
      request.mergedAt = '2026-11-20T12:00:00Z';
      request.mergedBy = 'user:default/guest';
      return request;
    },
    ...approvalSamples(requests),
    ...rolloutSamples(),
    ...policySamples(),
    async listDrift() {
      return { items: drift };
    },
    async getDrift({ name }) {
      return {
        ...found(
          drift.find(each => each.name === name),
          name,
        ),
        files: requests[1].files,
      };
    },
    async listGuards() {
      return { items: guards };
    },
    async signOffGuard({ id }) {
      found(
        guards.find(each => each.id === id),
        id,
      );
      guards = [];
      return { items: guards };
    },
    adoptDrift: settle,
    discardDrift: settle,
  };
}

function found<T>(value: T | undefined, id: string): T {
  if (value === undefined) {
    throw new NotFoundError(`Nothing has the id ${id}.`);
  }
  return value;
}

async function readOnly(): Promise<never> {
  throw new Error('The sample fleet is there to be read');
}
