import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { TestGitServer, TOKEN } from '../../__testUtils__/gitServer';

/** A Git server with an application's repository, to which files are committed as its team does. */
export class SourceServer {
  private constructor(
    readonly server: TestGitServer,
    private readonly folder: string,
  ) {}

  /** @param folder - an empty one, for the team's clone */
  static async create(folder: string): Promise<SourceServer> {
    const server = await TestGitServer.create();
    const created = new SourceServer(server, folder);
    await created.git('init', '--quiet', '--initial-branch=main');
    return created;
  }

  get url(): string {
    return this.server.url;
  }

  /** What lets the backend read it: an integration with a token, and leave to read without TLS. */
  get config() {
    const { host } = this.server;
    return {
      integrations: {
        gitlab: [
          {
            host,
            token: TOKEN,
            baseUrl: `http://${host}`,
            apiBaseUrl: `http://${host}/api/v4`,
          },
        ],
      },
      backend: { reading: { allow: [{ host }] } },
    };
  }

  /** Commits files, tags the commit where a tag is given, and gives it. */
  async commit(files: Record<string, string>, tag?: string): Promise<string> {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(this.folder, name);
      await fs.mkdir(path.dirname(file), { recursive: true });
      await fs.writeFile(file, content);
    }
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--message=x');
    if (tag) await this.git('tag', '--annotate', '--message=x', tag);
    await this.git('push', '--quiet', this.server.repository, 'main', '--tags');
    return this.git('rev-parse', 'HEAD');
  }

  /** A link, as no file can be written. */
  async link(name: string, target: string): Promise<void> {
    await fs.symlink(target, path.join(this.folder, name));
  }

  private async git(...args: string[]): Promise<string> {
    const who = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org'];
    const { stdout } = await promisify(execFile)('git', [...who, ...args], {
      cwd: this.folder,
    });
    return stdout.trim();
  }
}
