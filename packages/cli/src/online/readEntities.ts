import {
  EdgeEntity,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import fs from 'node:fs';
import path from 'node:path';
import { Call } from '../commands/Command';
import { FleetReader } from '../fleet/FleetReader';
import { loadFleet, readFile, readYamlText } from '../fleet/loadFleet';
import { readStdin } from '../terminal/readStdin';
import { UsageError } from '../UsageError';

/** The entities that `-f` names, and what is wrong with others. @internal */
export interface GivenEntities {
  readonly entities: readonly EdgeEntity[];
  readonly problems: readonly Problem[];
}

/**
 * The entities of the files and folders that `-f` names; `-` is standard input, as YAML.
 *
 * @throws UsageError where there is no such file, or nothing in it
 * @internal
 */
export async function readEntities({
  options: { filename = [] },
  streams,
  progress,
}: Pick<Call, 'options' | 'streams' | 'progress'>): Promise<GivenEntities> {
  const entities: EdgeEntity[] = [];
  const problems: Problem[] = [];
  for (const name of filename) {
    const fleet =
      name === '-'
        ? readText(await readStdin(streams.stdin))
        : readPath(name, progress);
    for (const entity of Object.values(fleet.inventory).flat())
      entities.push(entity);
    problems.push(...fleet.problems);
  }
  progress.clear();
  if (entities.length === 0 && problems.length === 0) {
    throw new UsageError(
      `there is no entity of Res-Edge in ${filename.join(', ')}`,
    );
  }
  return { entities, problems };
}

function readPath(name: string, progress: Call['progress']) {
  const found = fs.statSync(name, { throwIfNoEntry: false });
  if (found?.isDirectory()) return loadFleet(name, { progress });
  if (!found?.isFile())
    throw new UsageError(`there is no file or folder '${name}'`);
  const absolute = path.resolve(name);
  const reader = FleetReader.create(path.dirname(absolute));
  const file = { kind: 'file', path: absolute, name } as const;
  readFile(file, reader, () => progress.advance(reader.size));
  return reader.finish();
}

function readText(text: string) {
  const reader = FleetReader.create(process.cwd());
  readYamlText(text, 'standard input', reader);
  return reader.finish();
}
