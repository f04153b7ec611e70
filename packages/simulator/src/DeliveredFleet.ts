import { BillReader } from '@res-edge/backstage-plugin-res-edge-engine';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { parse } from 'yaml';

const run = promisify(execFile);
const BRANCHES = 'refs/heads/delivery/';
const BILL = /^clusters\/([^/]+)\/kustomization\.yaml$/;
const ANNOTATION = 'event.toolkit.fluxcd.io/res-edge-revision';
const MAX_BYTES = 1024 ** 3;

/** What a cluster would read from Git now. @public */
export interface ToldCluster {
  readonly cluster: string;
  /** The branch and its commit, as Flux names a revision. */
  readonly commit: string;
  /** By application: the digest that its Flux Kustomization carries, and its version. */
  readonly applications: ReadonlyMap<
    string,
    { readonly revision: string; readonly version?: string }
  >;
}

/** What clusters are told: from Git, or made up. @public */
export interface ReadFleet {
  /** All clusters as they are told now; the same objects for as long as a branch stays where it is. */
  read(): Promise<readonly ToldCluster[]>;
}

/**
 * The delivery branches of a bare repository, read as clusters do: the bill of each, and of each line that it names the
 * Kustomization in the revision's folder.
 *
 * @public
 */
export class DeliveredFleet implements ReadFleet {
  #branches = new Map<
    string,
    { readonly commit: string; readonly clusters: readonly ToldCluster[] }
  >();

  private constructor(private readonly folder: string) {}

  /** @param folder - the bare repository */
  static create(folder: string): DeliveredFleet {
    return new DeliveredFleet(folder);
  }

  async read(): Promise<readonly ToldCluster[]> {
    const refs = await this.git([
      'for-each-ref',
      '--format=%(refname) %(objectname)',
      BRANCHES,
    ]);
    const branches = new Map<
      string,
      { commit: string; clusters: readonly ToldCluster[] }
    >();
    for (const line of refs.split('\n').filter(Boolean)) {
      const [ref, commit] = line.split(' ');
      const known = this.#branches.get(ref);
      branches.set(
        ref,
        known?.commit === commit
          ? known
          : { commit, clusters: await this.readBranch(ref, commit) },
      );
    }
    this.#branches = branches;
    return [...branches.values()].flatMap(({ clusters }) => clusters);
  }

  private async readBranch(ref: string, commit: string) {
    const listing = await this.git([
      'ls-tree',
      '-r',
      '-z',
      '--name-only',
      commit,
    ]);
    const paths = listing
      .split('\0')
      .filter(path => BILL.test(path) || /^apps\/.*\/flux\/app-/.test(path));
    const files = await this.contents(commit, paths);
    const branch = ref.slice('refs/heads/'.length);
    const bills = BillReader.create();
    // Many clusters name the same revision.
    const annotations = new Map<string, string>();
    const annotation = (path: string): string => {
      const found = annotations.get(path) ?? annotationOf(files.get(path));
      annotations.set(path, found);
      return found;
    };
    return [...files].flatMap(([path, text]): ToldCluster[] => {
      const cluster = BILL.exec(path)?.[1];
      if (cluster === undefined) return [];
      const { applications } = bills.read(cluster, text);
      return [
        {
          cluster,
          commit: `${branch}@sha1:${commit}`,
          applications: new Map(
            applications.map(({ name, revision, version }) => [
              name,
              {
                revision: annotation(
                  `apps/${name}/revisions/${revision}/flux/app-${name}.yaml`,
                ),
                version,
              },
            ]),
          ),
        },
      ];
    });
  }

  /** By `git cat-file --batch`, which takes any number of them. */
  private async contents(commit: string, paths: readonly string[]) {
    const input = paths.map(path => `${commit}:${path}\n`).join('');
    const output = await this.gitBytes(['cat-file', '--batch'], input);
    const files = new Map<string, string>();
    let position = 0;
    for (const path of paths) {
      const end = output.indexOf(10, position);
      const size = Number(output.toString('utf8', position, end).split(' ')[2]);
      files.set(path, output.toString('utf8', end + 1, end + 1 + size));
      position = end + size + 2;
    }
    return files;
  }

  private async git(args: readonly string[]): Promise<string> {
    return (await this.gitBytes(args)).toString('utf8');
  }

  private async gitBytes(args: readonly string[], input = '') {
    const running = run('git', ['--git-dir', this.folder, ...args], {
      encoding: 'buffer',
      maxBuffer: MAX_BYTES,
    });
    // A git that ended before it read all says itself what was wrong.
    running.child.stdin!.on('error', () => {}).end(input);
    return (await running).stdout;
  }
}

function annotationOf(text: string | undefined): string {
  const { metadata } = parse(text ?? '{}') ?? {};
  return metadata?.annotations?.[ANNOTATION] ?? '';
}
