import {
  EdgeApplicationEntity,
  EdgeEntityError,
  GitSource,
  HelmSource,
  OciSource,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ApplicationSource, FileMap } from '../../model';
import { chartFiles } from '../capture/chart';
import { sourceField } from '../capture/sourceField';
import { parseYaml, textOf } from '../format/parseYaml';
import { filesBelow } from '../format/paths';
import { CAPTURE_FILE, readCaptureFile } from './readCaptureFile';

/** Reads sources that are elsewhere; of a kind that is left out, no version can be captured. @public */
export interface RemoteReaders {
  /** A folder of a Git repository, and the commit that its revision is now. */
  readGit?(source: GitSource): Promise<{ files: FileMap; commit: string }>;
  /** The digest that a chart of this version has now. */
  readChart?(source: HelmSource): Promise<{ digest: string }>;
  /** A folder of an OCI artifact, and the digest that its tag is now. */
  readArtifact?(source: OciSource): Promise<{ files: FileMap; digest: string }>;
}

type Read = Pick<ApplicationSource, 'origin' | 'files'>;

/**
 * What an application's source elsewhere is: what main holds of this version, where it was captured from the same
 * place, that may be something else by now and is not asked again; else what is there now. Undefined for a path beside
 * the entity.
 *
 * @throws EdgeEntityError where it cannot be read
 * @internal
 */
export async function readRemoteSource(
  entity: EdgeApplicationEntity,
  main: FileMap,
  readers: RemoteReaders,
): Promise<Read | undefined> {
  const { source } = entity.spec;
  const { name } = entity.metadata;
  const captured = capturedFiles(entity, main);
  const keptFrom = (prefix: string) =>
    captured?.origin.startsWith(prefix) ? captured : undefined;
  try {
    if (source.git) {
      const { git } = source;
      const prefix = `${git.url} ${git.path ?? '.'} at ${
        git.revision
      }, commit `;
      const kept = keptFrom(prefix);
      if (kept) return kept;
      const { files, commit } = await asked(readers.readGit)(git);
      return { origin: prefix + commit, files };
    }
    if (source.oci) {
      const { repository, path = '.', tag, digest: wanted } = source.oci;
      const prefix = `${repository} ${path} at ${tag ?? wanted}, digest `;
      const kept = keptFrom(prefix);
      if (kept) return kept;
      const { files, digest } = await asked(readers.readArtifact)(source.oci);
      return { origin: prefix + digest, files };
    }
    if (source.helm) {
      const { repository, chart, version } = source.helm;
      const prefix = `${repository} ${chart} at ${version}, digest `;
      // Its values are the entity's own, so that only the chart is what it was.
      const digest =
        keptFrom(prefix)?.origin.slice(prefix.length) ??
        (await asked(readers.readChart)(source.helm)).digest;
      const files = chartFiles(name, source.helm, digest);
      return { origin: prefix + digest, files };
    }
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new EdgeEntityError(sourceField(entity), message);
  }
}

function asked<T>(reader: T | undefined): T {
  if (!reader) throw new Error('nothing of this kind can be read here');
  return reader;
}

/** What main holds of this version. */
function capturedFiles(
  { metadata: { name }, spec: { version } }: EdgeApplicationEntity,
  main: FileMap,
): Read | undefined {
  const folder = `apps/${name}/versions/${version}`;
  const record = main.get(`${folder}/${CAPTURE_FILE}`);
  if (record === undefined) return undefined;
  const { origin } = readCaptureFile(
    parseYaml(textOf(record)) as Record<string, unknown>,
  );
  const files = filesBelow(main, folder);
  files.delete(CAPTURE_FILE);
  return { origin, files };
}
