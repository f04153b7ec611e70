import { ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const COMMAND = 'docker-registry';
const MISSING = `This test needs a container registry, and there is no ${COMMAND} in PATH. "node tools/with-node.mjs node tools/dockerRegistry.mjs" fetches it, as npm test does; on Debian, apt-get install ${COMMAND} does.`;

/** Debian's docker-registry with an empty folder, at a port of its own choice. */
export class RegistryProcess {
  private constructor(
    readonly address: { host: string; port: number },
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  /**
   * @param options - `deletes`: whether manifests may be deleted
   * @throws Error where it is not on this machine
   */
  static async start(options: { deletes: boolean }): Promise<RegistryProcess> {
    const folder = await mkdtemp(path.join(tmpdir(), 'res-edge-registry-'));
    const configuration = {
      version: '0.1',
      log: { level: 'info', accesslog: { disabled: true } },
      storage: {
        filesystem: { rootdirectory: path.join(folder, 'data') },
        delete: { enabled: options.deletes },
      },
      http: { addr: '127.0.0.1:0' },
    };
    // JSON is YAML, too.
    const file = path.join(folder, 'config.yml');
    await writeFile(file, JSON.stringify(configuration));
    const child = spawn(COMMAND, ['serve', file], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    // Nothing stays behind where the tests end without stopping it.
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    child.once('exit', () => process.off('exit', kill));
    try {
      const port = await portOf(child);
      return new RegistryProcess({ host: '127.0.0.1', port }, child, folder);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  async stop(): Promise<void> {
    const ended = new Promise(resolve => {
      this.child.once('exit', resolve);
    });
    this.child.kill('SIGKILL');
    await ended;
    await rm(this.folder, { recursive: true, force: true });
  }
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let log = '';
    child.stderr!.on('data', chunk => {
      log = (log + chunk).slice(-10_000);
      const port = /listening on 127\.0\.0\.1:(\d+)/.exec(log)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once('error', error => reject(new Error(MISSING, { cause: error })));
    child.once('exit', () => reject(new Error(`${COMMAND} ended: ${log}`)));
  });
}
