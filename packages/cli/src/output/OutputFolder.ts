import {
  BillReader,
  DeliveredFile,
  DeliveredShard,
  FileChange,
  FileMap,
  gitBlobHash,
  readDeliveredShard,
} from '@res-edge/backstage-plugin-res-edge-engine';
import fs from 'node:fs';
import path from 'node:path';
import { UsageError } from '../UsageError';
import { SafeWriter } from './SafeWriter';

/** The folders of main that Res-Edge owns; all else in it is somebody else's. */
const MAIN_FOLDERS = ['.res-edge', 'apps', 'groups', 'namespaces', 'policies'];
const REVISION_FOLDERS = ['apps', 'groups', 'namespaces'];
const SHARD = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;

/**
 * The folder that a plan is written to: `main`, and `delivery/<shard>` for each shard. What it holds is the baseline.
 *
 * @internal
 */
export class OutputFolder {
  private constructor(private readonly folder: string) {}

  /** @throws UsageError where there is something else than a folder */
  static open(folder: string): OutputFolder {
    const stat = fs.statSync(folder, { throwIfNoEntry: false });
    if (stat && !stat.isDirectory()) {
      throw new UsageError(`--out '${folder}' is no folder`);
    }
    return new OutputFolder(path.resolve(folder));
  }

  /** The files of main that Res-Edge owns. */
  readMain(): FileMap {
    const files = new Map<string, Uint8Array>();
    for (const folder of MAIN_FOLDERS) {
      for (const file of this.filesBelow(`main/${folder}`)) {
        files.set(
          file.slice('main/'.length),
          fs.readFileSync(path.join(this.folder, file)),
        );
      }
    }
    return files;
  }

  /** What each shard's folder holds. @param advance - told of each cluster */
  readDelivered(advance: () => void): ReadonlyMap<string, DeliveredShard> {
    const shards = this.entries('delivery')
      .filter(entry => entry.isDirectory() && SHARD.test(entry.name))
      .map(entry => entry.name)
      .sort();
    const bills = BillReader.create();
    return new Map(
      shards.map(shard => {
        const files = this.deliveredFiles(shard, advance);
        return [shard, readDeliveredShard(shard, files, bills)];
      }),
    );
  }

  /** Changes main; what Res-Edge does not own is not touched. */
  writeMain(changes: readonly FileChange[]): void {
    // Marks a version as captured, and so comes last: a capture that was stopped half-way is made anew.
    const isRecord = ({ path: file }: FileChange) =>
      file.endsWith('/.capture.yaml');
    this.write('main', [
      ...changes.filter(change => !isRecord(change)),
      ...changes.filter(isRecord),
    ]);
  }

  /** Changes a shard's folder. */
  writeShard(shard: string, changes: readonly FileChange[]): void {
    if (!SHARD.test(shard)) throw new Error(`'${shard}' cannot be a folder`);
    this.write(`delivery/${shard}`, changes);
  }

  private write(branch: string, changes: readonly FileChange[]): void {
    const writer = SafeWriter.create(this.folder);
    for (const { path: file, content } of changes) {
      if (content === undefined) writer.remove(`${branch}/${file}`);
      else writer.write(`${branch}/${file}`, content);
    }
  }

  private *deliveredFiles(
    shard: string,
    advance: () => void,
  ): Generator<DeliveredFile> {
    const root = `delivery/${shard}`;
    for (const folder of REVISION_FOLDERS) {
      for (const { name } of this.entries(`${root}/${folder}`)) {
        const revisions = `${folder}/${name}/revisions`;
        for (const entry of this.entries(`${root}/${revisions}`)) {
          // The folder stands for its files: revisions never change.
          yield { path: `${revisions}/${entry.name}/`, hash: '' };
        }
      }
    }
    for (const { name } of this.entries(`${root}/clusters`)) {
      for (const file of ['kustomization.yaml', 'values/kustomization.yaml']) {
        const inside = `clusters/${name}/${file}`;
        const content = readIfThere(path.join(this.folder, root, inside));
        if (content)
          yield { path: inside, hash: gitBlobHash(content), content };
      }
      advance();
    }
  }

  private *filesBelow(folder: string): Generator<string> {
    for (const entry of this.entries(folder)) {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) yield* this.filesBelow(name);
      else if (entry.isFile()) yield name;
      else
        throw new UsageError(`'${name}' in --out is neither file nor folder`);
    }
  }

  private entries(folder: string): fs.Dirent[] {
    const absolute = path.join(this.folder, folder);
    if (!fs.existsSync(absolute)) return [];
    if (!fs.lstatSync(absolute).isDirectory())
      throw new UsageError(`'${folder}' in --out is no folder`);
    return fs
      .readdirSync(absolute, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

function readIfThere(file: string): Uint8Array | undefined {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
