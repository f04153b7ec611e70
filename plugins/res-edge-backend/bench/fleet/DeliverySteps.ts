/* eslint-disable no-console */
import fs from 'node:fs';
import path from 'node:path';
import { BranchFiles, branchTips, changedFiles } from './branchFiles';
import { Delivered, DeliveredBenchFleet } from './DeliveredBenchFleet';
import {
  createBare,
  exportStream,
  importStream,
  packedBytes,
  plainGit,
} from './plainGit';
import { timed } from './timed';

/** What one change touched. */
export type Touched = BranchFiles & Delivered;

export const megabytes = (bytes: number) =>
  `${(bytes / 2 ** 20).toFixed(1)} MB`;

/**
 * Changes of a fleet, one after another: what each costs, what git alone takes for the same, and whether it touched what
 * it may.
 */
export class DeliverySteps {
  readonly #remote: string;
  readonly #alone: string;

  constructor(
    private readonly fleet: DeliveredBenchFleet,
    private readonly work: string,
  ) {
    this.#remote = createBare(path.join(work, 'remote.git'));
    this.#alone = createBare(path.join(work, 'alone.git'));
  }

  get folder(): string {
    return this.fleet.repository.folder;
  }

  /** The first delivery of all. */
  async first(): Promise<Delivered> {
    const delivered = await timed('first hydration', () =>
      this.fleet.deliver(),
    );
    tell(delivered);
    await this.push();
    await this.gitAlone([]);
    console.log(
      `  repository of ${megabytes(
        packedBytes(this.folder),
      )}, of git alone: ${megabytes(packedBytes(this.#alone))}`,
    );
    return delivered;
  }

  /**
   * One change.
   *
   * @param promised - whether it touched what docs/gitops-repository.md says, and no more
   */
  async run(
    label: string,
    promised: (touched: Touched) => boolean,
    change: () => void | Promise<void>,
  ): Promise<Delivered> {
    const since = branchTips(this.folder);
    const bytes = packedBytes(this.folder);
    await change();
    const delivered = await timed(label, () => this.fleet.deliver());
    tell(delivered);
    const files = changedFiles(this.folder, since);
    const { bills, values, revisions, notes, branches } = files;
    console.log(
      `  delivery: ${bills} bills, ${values} values, ${revisions} revisions, ${notes} notes, on ${branches} branches; as promised: ${
        promised({ ...files, ...delivered }) ? 'yes' : 'no'
      }`,
    );
    if (branches > 0) {
      console.log(`  ${megabytes(packedBytes(this.folder) - bytes)} more`);
      await this.push();
    }
    if (branches > 1) await this.gitAlone([...since.values()]);
    return delivered;
  }

  private async push(): Promise<void> {
    await timed('  git push of it to a bare repository', () =>
      plainGit(
        this.folder,
        ...['push', '--quiet', this.#remote],
        'refs/heads/delivery/*:refs/heads/delivery/*',
      ),
    );
  }

  private async gitAlone(since: readonly string[]): Promise<void> {
    const stream = path.join(this.work, 'stream');
    const branches = [...branchTips(this.folder).keys()];
    exportStream(this.folder, stream, branches, since);
    console.log(`  a stream of ${megabytes(fs.statSync(stream).size)}`);
    await timed('  git fast-import alone of the same', () =>
      importStream(this.#alone, stream),
    );
    fs.rmSync(stream);
  }
}

/** What a delivery wrote. */
export function tell({ reviewed, derived, result }: Delivered): void {
  const clusters = result.renderings.reduce(
    (sum, shard) => sum + shard.clusters.length,
    0,
  );
  console.log(
    `  main: ${reviewed} files reviewed, ${derived} derived; ${clusters} clusters in ${
      result.renderings.length
    } shards; ${result.problems.length} problems; at most ${megabytes(
      process.resourceUsage().maxRSS * 1024,
    )} of memory until here`,
  );
}
