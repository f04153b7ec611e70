import { FileMap } from '../../model';
import { VersionNeeds } from '../../hold';
import { parseYaml, textOf } from '../format/parseYaml';
import { CAPTURE_FILE, readCaptureFile } from './readCaptureFile';

/**
 * What each version that main has captured needs, read when it is first asked for; undefined for one that is not there
 * or cannot be read.
 *
 * @public
 */
export function capturedNeeds(
  main: FileMap,
): (application: string, version: string) => VersionNeeds | undefined {
  const known = new Map<string, VersionNeeds | undefined>();
  return (application, version) => {
    const path = `apps/${application}/versions/${version}/${CAPTURE_FILE}`;
    if (!known.has(path)) known.set(path, read(main.get(path)));
    return known.get(path);
  };
}

function read(content: string | Uint8Array | undefined) {
  if (content === undefined) return undefined;
  try {
    return readCaptureFile(
      parseYaml(textOf(content)) as Record<string, unknown>,
    );
  } catch {
    // That main has a file like this is reported by who reads its decisions.
    return undefined;
  }
}
