import fc from 'fast-check';
import {
  application,
  cluster,
  group,
  namespace,
  rollout,
} from '../../__testUtils__/build';
import { Bitmap } from '../../bitmap';
import { decide } from '../../decide';
import { Capture, FileChange, FileMap, Plan } from '../../model';
import { Snapshot } from '../../snapshot';
import { gitBlobHash } from '../format/digest';
import { textOf } from '../format/parseYaml';
import { renderApplicationSlice } from './applicationSlice';
import { EnvironmentMain } from './EnvironmentMain';
import { renderGroupSlice, renderPolicySlice } from './groupSlice';
import { sliceRemoval } from './intentPaths';
import { renderNamespaceSlice } from './namespaceSlice';
import { readDecisions } from './readDecisions';
import { renderPromotion } from './ringsOnMain';
import { renderShards } from './shards';

/** The clusters of each environment; one for trying is in the ring of the others. */
const ENVIRONMENTS = { dev: ['c0', 'c1'], prod: ['c2', 'c3', 'c4'] };
const SHARDS = new Map([
  ...ENVIRONMENTS.dev.map(name => [name, 'dev-001'] as const),
  ...ENVIRONMENTS.prod.map(name => [name, 'prod-001'] as const),
]);
/** By ring, as `store-rings` says. */
const RINGS = { first: ['c0'], second: ['c1', 'c2'], last: ['c3', 'c4'] };
const APPLICATIONS = ['a0', 'a1'];
const VERSIONS = ['1.0.0', '2.0.0', '3.0.0'];

type Step =
  | { release: string; of: string }
  | { promote: keyof typeof RINGS; to: string; of: string }
  | { targets: string[] }
  | { labels: string; on: string }
  | { remove: string }
  | { spoil: string };

const of = fc.constantFrom(...APPLICATIONS);
const clusterName = fc.constantFrom(...SHARDS.keys());
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ release: fc.constantFrom(...VERSIONS), of }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      promote: fc.constantFrom('first', 'second', 'last'),
      to: fc.constantFrom(...VERSIONS),
      of,
    }),
  },
  fc.record({ targets: fc.subarray([...SHARDS.keys()], { minLength: 1 }) }),
  fc.record({ labels: fc.constantFrom('x', 'y'), on: clusterName }),
  fc.record({ remove: of }),
  fc.record({ spoil: of }),
);

function imdb(name: string, version: string) {
  return application(name, {
    ...{ namespace: 'n', rollout: 'store-rings', version },
  }).entity;
}

function capture(name: string, version: string): Capture {
  return {
    ...{ application: name, version, origin: 'file:x', digest: version },
    files: new Map([['kustomization.yaml', `# ${name} ${version}\n`]]),
    ...{ overrides: new Map(), requests: {}, requires: [], dependsOn: [] },
    ...{ clusterValues: [], clusterKeys: [], allowedKinds: [], problems: [] },
  };
}

/** Main and inventory, changed as people do. */
class World {
  readonly main = new Map<string, string | Uint8Array>();
  private readonly labels = new Map<string, string>();

  constructor() {
    this.add(
      renderPolicySlice(
        rollout(
          'store-rings',
          Object.fromEntries(
            Object.entries(RINGS).map(([ring, include]) => [ring, { include }]),
          ),
        ),
      ),
      renderNamespaceSlice(namespace('n', { all: true })),
      renderGroupSlice(
        group('west', undefined, { values: { k: '1' } }),
        new Map(),
      ),
      renderShards(SHARDS),
    );
  }

  private add(...slices: readonly FileMap[]) {
    for (const [path, content] of slices.flatMap(files => [...files]))
      this.main.set(path, content);
  }

  take(change: Step) {
    if ('release' in change) {
      const entity = imdb(change.of, change.release);
      const captured = capture(change.of, change.release);
      try {
        this.add(renderApplicationSlice(entity, captured, this.main));
      } catch {
        return;
      }
    } else if ('promote' in change) {
      const { releases = [] } =
        this.decisions().decisions.applications.get(change.of) ?? {};
      const found = releases.find(({ version }) => version === change.to);
      if (!found) return;
      const { path, content } = renderPromotion(
        ...[this.main, imdb(change.of, change.to)],
        ...[change.promote, found.digest],
      );
      this.main.set(path, content!);
    } else if ('targets' in change) {
      this.add(
        renderNamespaceSlice(namespace('n', { include: change.targets })),
      );
    } else if ('labels' in change) {
      this.labels.set(change.on, change.labels);
    } else if ('remove' in change) {
      for (const { path } of sliceRemoval(
        this.main.keys(),
        'EdgeApplication',
        change.remove,
      ))
        this.main.delete(path);
    } else {
      const path = `apps/${change.spoil}/release.yaml`;
      if (this.main.has(path)) this.main.set(path, 'rings: 1\n');
    }
  }

  decisions = () => readDecisions(this.main);

  snapshot() {
    return Snapshot.create({
      clusters: [...SHARDS.keys()].map(name =>
        cluster(name, {
          groups: this.labels.get(name) === 'x' ? ['west'] : [],
        }),
      ),
      groups: [group('west')],
    });
  }
}

const runs = ({ snapshot, applications }: Plan, names: readonly string[]) =>
  names.map(name => {
    const number = snapshot.numberOf(name)!;
    return [...applications.values()]
      .filter(({ placed }) => placed.has(number))
      .map(({ name: app, releases }) => [
        app,
        releases.find(({ clusters }) => clusters.has(number))?.release.version,
      ]);
  });

function applyTo(files: Map<string, string>, changes: readonly FileChange[]) {
  for (const { path, content } of changes) {
    if (content === undefined) files.delete(path);
    else files.set(path, textOf(content));
  }
}

describe('the main of an environment', () => {
  it('has what its rings reached, and is enough to decide again, after any changes', () => {
    let replayed = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), steps => {
        const world = new World();
        const mains = Object.entries(ENVIRONMENTS).map(([name, clusters]) => ({
          ...{ clusters, shards: new Set([`${name}-001`]) },
          own: EnvironmentMain.create(),
          files: new Map<string, string>(),
          reached: new Set<string>(),
        }));
        for (const each of steps) {
          world.take(each);
          const snapshot = world.snapshot();
          const { decisions, problems } = world.decisions();
          const input = { snapshot, now: new Date(0) };
          const baseline = { applications: new Map<string, Bitmap>() };
          const plan = decide({ ...input, decisions, baseline });
          for (const { clusters, shards, own, files, reached } of mains) {
            const numbers = clusters.map(name => snapshot.numberOf(name)!);
            const asked = () => ({
              ...{ files: world.main, decisions, plan, shards },
              clusters: Bitmap.of(snapshot.size, numbers),
              known: new Map(
                Array.from(files, ([path, text]) => [path, gitBlobHash(text)]),
              ),
            });
            const changes = own.changes(asked());
            expect(changes).toEqual(EnvironmentMain.create().changes(asked()));
            applyTo(files, changes);
            expect(own.changes(asked())).toEqual([]);

            for (const [name, { releases }] of decisions.applications)
              for (const { ring, version } of releases)
                if (RINGS[ring as 'first'].some(c => clusters.includes(c)))
                  reached.add(`${name}/versions/${version}`);
            for (const [path, text] of files) {
              const [, version] =
                /^apps\/(\w+\/versions\/[^/]+)\//.exec(path) ?? [];
              if (version === undefined) continue;
              expect([...reached]).toContain(version);
              expect(text).toBe(textOf(world.main.get(path)!));
            }
            expect(
              [...files.keys()].filter(path => path.includes('shards/')),
            ).toEqual(
              [...shards].map(shard => `.res-edge/shards/${shard}.yaml`),
            );
            expect(files.has('groups/west/group.yaml')).toBe(
              numbers.some(number => snapshot.groupMembers('west').has(number)),
            );
            if (problems.length > 0) continue;
            const read = readDecisions(files);
            expect(read.problems).toEqual([]);
            const again = decide({
              ...{ ...input, decisions: read.decisions, baseline },
            });
            expect(runs(again, clusters)).toEqual(runs(plan, clusters));
            replayed += 1;
          }
        }
      }),
      { numRuns: 150 },
    );
    expect(replayed).toBeGreaterThan(100);
  });
});
