import { yamlDocuments } from '@res-edge/backstage-plugin-res-edge-engine';
import fs from 'node:fs';
import path from 'node:path';
import { Progress } from '../terminal/Progress';
import { UsageError } from '../UsageError';
import { Fleet } from './Fleet';
import { FleetReader } from './FleetReader';
import { jsonLines } from './jsonLines';
import { FoundFile, walkFolder } from './walkFolder';

/** A YAML file is parsed as a whole; lines of JSON are read one by one, and may be as many as there are. */
export const MAX_YAML_BYTES = 10 * 1024 * 1024;
const YAML = /\.ya?ml$/;
const LINES = /\.ndjson$/;

/**
 * Reads the entities of a folder: `*.yaml` and `*.yml`, and `*.ndjson` with one entity a line, in the order of
 * {@link walkFolder}. Folders that an application or a group names as its source are left out, and so is what
 * `resedge plan` has written.
 *
 * @param options - `output`: the folder that will be written to, if there is one
 * @throws UsageError where there is no such folder
 * @internal
 */
export function loadFleet(
  folder: string,
  options: { progress: Progress; output?: string },
): Fleet {
  const root = path.resolve(folder);
  if (!fs.statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`there is no folder '${folder}'`);
  }
  const { progress, output } = options;
  progress.start('Reading entities');
  const reader = FleetReader.create(root);
  const skip = (candidate: string) =>
    reader.isSource(candidate) || isOutput(candidate, output);
  for (const file of walkFolder(root, skip)) {
    readFile(file, reader, () => progress.advance(reader.size));
  }
  if (reader.size === 0) {
    reader.addUnreadable(folder, 'no valid entity of Res-Edge was found here');
  }
  return reader.finish();
}

/** `main` and `delivery` as `resedge plan` writes them. */
function isOutput(folder: string, output: string | undefined): boolean {
  const name = path.basename(folder);
  if (name !== 'main' && name !== 'delivery') return false;
  const parent = path.dirname(folder);
  return (
    (output !== undefined && parent === path.resolve(output)) ||
    fs.existsSync(path.join(parent, 'main', '.res-edge', 'layout.yaml'))
  );
}

/** Reads the entities of one file, as of a file that a folder has. @internal */
export function readFile(
  file: FoundFile,
  reader: FleetReader,
  advance: () => void,
): void {
  if (file.kind === 'unreadable folder') {
    reader.addUnreadable(file.name, 'the folder cannot be read');
    return;
  }
  const isLines = LINES.test(file.name);
  const isEntityFile = isLines || YAML.test(file.name);
  if (!isEntityFile && file.kind !== 'linked folder') return;
  if (file.kind !== 'file') {
    // Told with the application that names it.
    if (reader.isSource(file.path)) return;
    reader.addUnreadable(
      file.name,
      'is a symbolic link; links are not followed',
    );
    return;
  }
  try {
    if (isLines) readLines(file, reader, advance);
    else readYaml(file, reader, advance);
  } catch (error) {
    reader.addUnreadable(file.name, (error as Error).message);
  }
}

function readLines(
  { path: source, name: file }: FoundFile,
  reader: FleetReader,
  advance: () => void,
): void {
  for (const { line, value, problem } of jsonLines(source)) {
    const origin = { file, line };
    if (problem === undefined) reader.add(value, origin);
    else reader.addBroken({}, origin, { field: '', message: problem });
    advance();
  }
}

function readYaml(
  { path: source, name: file }: FoundFile,
  reader: FleetReader,
  advance: () => void,
): void {
  const { size } = fs.statSync(source);
  if (size > MAX_YAML_BYTES) {
    throw new Error(
      `the file is too large: ${size} bytes of YAML, at most ${MAX_YAML_BYTES} are allowed; ` +
        'split it, or write one entity a line as .ndjson',
    );
  }
  readYamlText(decode(fs.readFileSync(source)), file, reader, advance);
}

/** Reads the entities of one or more documents. @internal */
export function readYamlText(
  text: string,
  file: string,
  reader: FleetReader,
  advance: () => void = () => {},
): void {
  for (const document of yamlDocuments(text)) {
    const { number, line, head, value, problem, lineOf } = document;
    const origin = { file, document: number, line };
    if (problem) {
      const at = { ...origin, line: problem.line };
      const rest = document.last ? '; the rest of the file is not read' : '';
      const message = `${problem.message}${rest}`;
      reader.addBroken(head, at, { field: problem.field, message });
    } else {
      reader.add(value, origin, lineOf);
    }
    advance();
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('the file is no UTF-8 text');
  }
}
