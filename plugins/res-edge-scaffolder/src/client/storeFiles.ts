import { Workspace } from '../skeleton/Workspace';
import { ResEdgeCaller } from './createClient';
import { WritingCaller } from './writeEntity';

/** Stands for the digest in a dry run, which stores nothing. */
const NO_DIGEST = '0'.repeat(64);

/**
 * Gives files and folders of the workspace to the data service, all as one source.
 *
 * @param paths - in the workspace
 * @returns where an entity finds each of these paths
 * @internal
 */
export async function storeFiles(
  client: ResEdgeCaller,
  caller: WritingCaller,
  workspace: Workspace,
  paths: readonly string[],
): Promise<(path: string) => string> {
  const files: Record<string, string> = {};
  for (const path of paths) {
    Object.assign(files, Object.fromEntries(await workspace.readAll(path)));
  }
  const root = caller.isDryRun
    ? `./sources/${NO_DIGEST}`
    : (await client.api.storeSource({ files }, await client.optionsFor(caller)))
        .path;
  return path => `${root}/${workspace.normalize(path)}`.replace(/\/$/, '');
}
