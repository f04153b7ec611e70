import { formatQuantity, parseQuantity } from '../../quantity';
import { Manifest, placeOf } from './substitute';

type Amounts = Map<string, bigint>;

/** What manifests ask for on one cluster, as quantities. @internal */
export interface ManifestRequests {
  readonly requests: Readonly<Record<string, string>>;
  /** One for each quantity or number of replicas that is none. */
  readonly problems: readonly string[];
}

const RESOURCES = ['cpu', 'memory'];
const ONE = parseQuantity('1');
/** Where the pods of a workload are described. */
const TEMPLATES: ReadonlyMap<string, readonly string[]> = new Map([
  ['Pod', []],
  ['Deployment', ['spec', 'template']],
  ['ReplicaSet', ['spec', 'template']],
  ['StatefulSet', ['spec', 'template']],
  ['DaemonSet', ['spec', 'template']],
  ['Job', ['spec', 'template']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
]);

/**
 * Adds up what the containers of all workloads request, times their replicas; a request that is left out is the
 * limit, as in Kubernetes.
 *
 * @internal
 */
export function manifestRequests(
  objects: readonly Manifest[],
): ManifestRequests {
  const total: Amounts = new Map();
  const problems: string[] = [];
  for (const object of objects) {
    try {
      addAll(total, workloadRequests(object));
    } catch (error) {
      problems.push(
        `${placeOf(object, ['spec'])}: ${(error as Error).message}`,
      );
    }
  }
  const requests: Record<string, string> = {};
  for (const resource of [...RESOURCES, 'storage', 'pods']) {
    const amount = total.get(resource) ?? 0n;
    if (amount > 0n) requests[resource] = formatQuantity(amount);
  }
  return { requests, problems };
}

function workloadRequests(object: Manifest): Amounts {
  if (object.kind === 'PersistentVolumeClaim') {
    return claimRequests(object, 1n);
  }
  const template = TEMPLATES.get(String(object.kind));
  if (!template) return new Map();
  const copies = copiesOf(object);
  const pod = at(at(object, ...template), 'spec');
  const requests: Amounts = new Map([['pods', copies * ONE]]);
  for (const [resource, amount] of podRequests(pod)) {
    requests.set(resource, amount * copies);
  }
  for (const claim of list(at(object, 'spec', 'volumeClaimTemplates'))) {
    addAll(requests, claimRequests(claim, copies));
  }
  return requests;
}

function copiesOf(object: Manifest): bigint {
  if (object.kind === 'DaemonSet' || object.kind === 'Pod') return 1n;
  const field =
    object.kind === 'Job' || object.kind === 'CronJob'
      ? 'parallelism'
      : 'replicas';
  const copies =
    object.kind === 'CronJob'
      ? at(object, 'spec', 'jobTemplate', 'spec', field)
      : at(object, 'spec', field);
  if (copies === undefined || copies === null) return 1n;
  if (!Number.isSafeInteger(copies) || Number(copies) < 0) {
    throw new Error(
      `${field} must be a whole number, got ${JSON.stringify(copies)}`,
    );
  }
  return BigInt(copies as number);
}

/** Containers run together, and initial ones before them one by one, except those that stay. */
function podRequests(pod: unknown): Amounts {
  const running: Amounts = new Map();
  const initial: Amounts = new Map();
  for (const container of list(at(pod, 'initContainers'))) {
    const amounts = containerRequests(container);
    if (at(container, 'restartPolicy') === 'Always') {
      addAll(running, amounts);
    } else {
      for (const [resource, amount] of amounts) {
        const alone = amount + (running.get(resource) ?? 0n);
        if (alone > (initial.get(resource) ?? 0n)) initial.set(resource, alone);
      }
    }
  }
  for (const container of list(at(pod, 'containers'))) {
    addAll(running, containerRequests(container));
  }
  for (const [resource, amount] of initial) {
    if (amount > (running.get(resource) ?? 0n)) running.set(resource, amount);
  }
  return running;
}

function containerRequests(container: unknown): Amounts {
  const amounts: Amounts = new Map();
  for (const resource of RESOURCES) {
    const quantity =
      at(container, 'resources', 'requests', resource) ??
      at(container, 'resources', 'limits', resource);
    if (quantity === undefined || quantity === null) continue;
    amounts.set(resource, parseQuantity(quantity as string));
  }
  return amounts;
}

function claimRequests(claim: unknown, copies: bigint): Amounts {
  const storage = at(claim, 'spec', 'resources', 'requests', 'storage');
  return storage === undefined || storage === null
    ? new Map()
    : new Map([['storage', parseQuantity(storage as string) * copies]]);
}

function addAll(total: Amounts, amounts: Amounts) {
  for (const [resource, amount] of amounts) {
    total.set(resource, (total.get(resource) ?? 0n) + amount);
  }
}

function at(value: unknown, ...path: string[]): unknown {
  let found = value;
  for (const key of path) {
    if (
      typeof found !== 'object' ||
      found === null ||
      !Object.hasOwn(found, key)
    ) {
      return undefined;
    }
    found = (found as Manifest)[key];
  }
  return found;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
