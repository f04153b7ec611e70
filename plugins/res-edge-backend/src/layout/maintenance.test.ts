import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  BootstrapOptions,
  findMaintenance,
  renderBootstrap,
} from '@res-edge/backstage-plugin-res-edge-engine';
import {
  buildAsArgoCd,
  BuiltObject,
  KustomizeBuilder,
  parseObjects,
} from '@res-edge/backstage-plugin-res-edge-node';
import { DeliveredFleet } from './__testUtils__/DeliveredFleet';
import { entities, FILES } from './__testUtils__/smallFleet';

const builder = KustomizeBuilder.create();
const { maintenance } = findMaintenance(
  new Map([['nights', { type: 'window', allow: [{ hours: 'closed' }] }]]),
  {
    timeZone: 'America/Chicago',
    hours: { 'mon-sun': '06:00-23:00' },
  },
);
const OPTIONS: BootstrapOptions = {
  cluster: 'e1',
  engine: 'flux',
  url: 'https://git.example.com/fleet.git',
  branch: 'delivery/shard-001',
  maintenance,
  maintenanceImage: 'registry.example.com/kubectl:1',
};

jest.setTimeout(120_000);

function files(options: BootstrapOptions): Map<string, string> {
  return new Map(
    renderBootstrap(options).map(({ name, content }) => [name, content]),
  );
}

interface CronJob {
  schedule: string;
  timeZone: string;
  startingDeadlineSeconds: number;
  jobTemplate: {
    spec: { template: { spec: { containers: { command: string[] }[] } } };
  };
}

describe('a cluster with Flux that keeps to its windows', () => {
  let built: BuiltObject[];
  let cronJob: CronJob;

  beforeAll(async () => {
    const all = files(OPTIONS);
    const tree = new Map([
      ['res-edge.yaml', all.get('res-edge.yaml')!],
      ['maintenance.yaml', all.get('maintenance.yaml')!],
      ['kustomization.yaml', 'resources: [res-edge.yaml, maintenance.yaml]\n'],
    ]);
    built = parseObjects(await builder.build(tree));
    cronJob = built.find(({ kind }) => kind === 'CronJob')!
      .spec as unknown as CronJob;
  });

  it('opens its source within them, by its own clock, and does nothing later that it missed', () => {
    expect(cronJob).toMatchObject({
      schedule: '*/10 0-5,23 * * *',
      timeZone: 'America/Chicago',
      startingDeadlineSeconds: 60,
    });
    expect(built.filter(({ kind }) => kind === 'CronJob')).toHaveLength(1);
  });

  it('may touch that source alone', () => {
    const role = built.find(({ kind }) => kind === 'Role');
    expect(role).toMatchObject({
      metadata: { namespace: 'flux-system' },
      rules: [
        {
          apiGroups: ['source.toolkit.fluxcd.io'],
          resources: ['gitrepositories'],
          resourceNames: ['res-edge'],
          verbs: ['get', 'list', 'watch', 'patch'],
        },
      ],
    });
    expect(built.map(({ kind }) => kind)).not.toContain('ClusterRole');
    expect(built.find(({ kind }) => kind === 'RoleBinding')).toMatchObject({
      roleRef: { kind: 'Role', name: role!.metadata.name },
    });
  });

  it('opens what it reads, which may be an artifact', () => {
    const text = files({ ...OPTIONS, artifact: { tag: 'latest' } }).get(
      'maintenance.yaml',
    )!;
    expect(text).toContain('ocirepositories');
    expect(text).not.toMatch(/gitrepositor/);
  });

  it('has nothing of it where nothing asks for it, or nothing could do it', () => {
    const without = [
      { ...OPTIONS, maintenance: undefined },
      { ...OPTIONS, maintenanceImage: undefined },
    ];
    for (const options of without)
      expect(files(options).has('maintenance.yaml')).toBe(false);
  });

  /** Runs what the CronJob runs, with a kubectl that notes what it is asked for. */
  async function run(onWait: string, signal?: NodeJS.Signals) {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-shell-'));
    try {
      const log = path.join(folder, 'log');
      await fs.writeFile(
        path.join(folder, 'kubectl'),
        `#!/bin/sh\nfor each in "$@"; do last="$each"; done\necho "$1 $last" >> ${log}\nif [ "$1" = wait ]; then ${onWait}; fi\n`,
        { mode: 0o755 },
      );
      const { command } = cronJob.jobTemplate.spec.template.spec.containers[0];
      const child = spawn(command[0], command.slice(1), {
        env: { PATH: `${folder}:${process.env.PATH}`, POD: 'pod-1' },
        stdio: 'ignore',
      });
      if (signal) {
        const waits = () =>
          fs.readFile(log, 'utf8').then(
            text => text.includes('wait'),
            () => false,
          );
        while (!(await waits())) await new Promise(done => setTimeout(done, 5));
        child.kill(signal);
      }
      await once(child, 'exit');
      return (await fs.readFile(log, 'utf8')).trim().split('\n');
    } finally {
      await fs.rm(folder, { recursive: true, force: true });
    }
  }

  const OPENED =
    'patch {"spec":{"suspend":false},"metadata":{"annotations":{"reconcile.fluxcd.io/requestedAt":"pod-1"}}}';
  const SUSPENDED = 'patch {"spec":{"suspend":true}}';

  it.each([
    ['it has fetched', 'exit 0'],
    ['it cannot reach the repository', 'exit 1'],
  ])('suspends its source again when %s', async (_, onWait) => {
    expect(await run(onWait)).toEqual([
      OPENED,
      'wait --timeout=150s',
      SUSPENDED,
    ]);
  });

  it('suspends its source again when its job is ended', async () => {
    const calls = await run('sleep 1', 'SIGTERM');
    expect(calls[calls.length - 1]).toBe(SUSPENDED);
  });
});

describe('a cluster with Argo CD that keeps to its windows', () => {
  it('has them in the projects of all that it syncs', async () => {
    const fleet = new DeliveredFleet(builder, 'argocd');
    await fleet.deliver({ entities: entities(), files: FILES });
    const all = files({ ...OPTIONS, engine: 'argocd' });
    const [project, root] = parseObjects(all.get('res-edge.yaml')!);
    const tree = fleet.treeOf('e1');
    const { bill } = await buildAsArgoCd(builder, tree, 'e1', root);
    const syncWindows = [
      {
        kind: 'allow',
        schedule: '0 0 * * 1',
        duration: '360m',
        timeZone: 'America/Chicago',
        applications: ['*'],
        manualSync: true,
      },
      expect.objectContaining({ schedule: '0 23 * * 1-6', duration: '420m' }),
      expect.objectContaining({ schedule: '0 23 * * 0', duration: '60m' }),
    ];
    const projects = bill.filter(({ kind }) => kind === 'AppProject');
    expect(projects.length).toBeGreaterThan(0);
    for (const { spec } of [project, ...projects])
      expect(spec).toMatchObject({ syncWindows });
  });
});
