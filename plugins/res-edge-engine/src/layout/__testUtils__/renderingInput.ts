import {
  application,
  cluster,
  decisions,
  group,
  namespace,
} from '../../__testUtils__/build';
import { Bitmap } from '../../bitmap';
import {
  ApplicationPlan,
  BuiltSource,
  DeliveredShard,
  GroupDecision,
} from '../../model';
import { Snapshot } from '../../snapshot';
import type { DeliveryInput } from '../delivery/DeliveryInput';
import { dataDigest, shortDigest } from '../format/digest';
import { renderNamespaceSlice } from '../main/namespaceSlice';

export interface TestCluster {
  groups?: string[];
  values?: Record<string, string>;
  ring?: string;
  retired?: boolean;
  draining?: boolean;
  shard?: string;
}

export interface TestApplication {
  namespace: string;
  version?: string;
  /** Names of ConfigMaps; each reads the keys. */
  objects: string[];
  keys?: string[];
  dependsOn?: string[];
  addon?: boolean;
  on: string[];
  /** Whether kustomize builds it. */
  broken?: boolean;
}

/** What a rendering reads, in short; what is where is said directly, without the engine. */
export interface TestFleet {
  clusters: Record<string, TestCluster>;
  groups?: Record<
    string,
    {
      parent?: string;
      precedence?: number;
      values?: Record<string, string>;
      rollout?: string;
    }
  >;
  /** Names of applications that the component of a group is for. */
  components?: Record<string, string[]>;
  namespaces: Record<string, string[]>;
  applications: Record<string, TestApplication>;
}

export function renderingInput(
  fleet: TestFleet,
  delivered: ReadonlyMap<string, DeliveredShard> = new Map(),
  now = new Date(0),
): DeliveryInput {
  const { clusters, groups = {}, components = {} } = fleet;
  const snapshot = Snapshot.create({
    clusters: Object.entries(clusters).map(([name, facts]) =>
      cluster(name, {
        groups: facts.groups,
        values: facts.values,
        labels: facts.ring === undefined ? {} : { ring: facts.ring },
        state: stateOf(facts),
      }),
    ),
    groups: Object.entries(groups).map(([name, { parent, precedence }]) =>
      group(name, parent, precedence === undefined ? {} : { precedence }),
    ),
  });
  const main = new Map<string, string | Uint8Array>();
  const built = new Map<string, BuiltSource>();
  const plans = new Map<string, ApplicationPlan>();
  const entities = Object.keys(fleet.namespaces).map(name => namespace(name));
  for (const entity of entities) {
    const { name } = entity.metadata;
    for (const [path, content] of renderNamespaceSlice(entity)) {
      main.set(
        path.replace(/versions\/[^/]+/, `versions/digest-of-${name}`),
        content,
      );
    }
  }
  const groupDecisions = new Map<string, GroupDecision>();
  for (const [name, { values = {}, rollout }] of Object.entries(groups)) {
    const names = components[name];
    const digest =
      rollout === undefined
        ? JSON.stringify([values, names]).replace(/[^a-z0-9]/g, '-')
        : shortDigest(dataDigest([values, names]));
    const path = '1-extra';
    main.set(
      `groups/${name}/versions/${digest}/${path}/kustomization.yaml`,
      'kind: Component\n',
    );
    groupDecisions.set(name, {
      name,
      digest,
      values,
      components: names ? [{ path, applications: { names } }] : [],
      ...(rollout !== undefined && { rollout }),
    });
  }
  const full = Bitmap.full(snapshot.size);
  const apps = Object.entries(fleet.applications).map(([name, app]) => {
    const { version = '1' } = app;
    const key = `${name}@${version}`;
    if (!app.broken) built.set(key, { objects: objectsOf(app) });
    const placed = snapshot.bitmapOf(app.on);
    const decision = application(name, {
      namespace: app.namespace,
      version,
      dependsOn: app.dependsOn,
    });
    plans.set(name, {
      name,
      namespace: app.namespace,
      releases: [
        { release: decision.releases[0], rings: ['all'], clusters: full },
      ],
      targets: placed,
      placed,
      refusals: [],
    });
    if (app.addon) decision.entity.spec.type = 'addon';
    return decision;
  });
  return {
    main,
    built,
    delivered,
    now,
    shards: new Map(
      Object.entries(clusters).map(([name, { shard = 's1' }]) => [name, shard]),
    ),
    decisions: {
      ...decisions({ namespaces: entities, applications: apps }),
      groups: groupDecisions,
    },
    plan: {
      snapshot,
      applications: plans,
      namespaces: new Map<string, Bitmap>(
        Object.entries(fleet.namespaces).map(([name, on]) => [
          name,
          snapshot.bitmapOf(on),
        ]),
      ),
      namespaceReleases: new Map(),
      rollouts: new Map(),
      problems: [],
    },
  };
}

function stateOf({ retired, draining }: TestCluster) {
  if (retired) return 'retired';
  return draining ? 'draining' : 'active';
}

/** Equal sources build once, as in a process that keeps what it built. */
const builtObjects = new Map<string, ReturnType<typeof makeObjects>>();

function objectsOf(app: TestApplication) {
  const key = JSON.stringify([app.objects, app.keys, app.version]);
  const objects = builtObjects.get(key) ?? makeObjects(app);
  builtObjects.set(key, objects);
  return objects;
}

function makeObjects({ objects, keys = [], version }: TestApplication) {
  return objects.map(name => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name },
    data: {
      version,
      ...Object.fromEntries(
        keys.map((key, index) => [`k${index}`, `\${{ cluster.${key} }}`]),
      ),
    },
  }));
}
