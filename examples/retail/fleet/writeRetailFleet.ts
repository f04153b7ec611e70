import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RetailFleet } from './generateRetailFleet.ts';
import { toYaml } from './toYaml.ts';

/** The catalog reads a file at once. */
const ENTITIES_IN_A_FILE = 500;

/**
 * Writes a fleet and the sources of its applications, as a folder to register: `<folder>/*.yaml`, or one
 * `fleet.ndjson`.
 */
export function writeRetailFleet(
  fleet: RetailFleet,
  options: { folder: string; sources: string; ndjson: boolean },
): void {
  const { folder, sources, ndjson } = options;
  mkdirSync(folder, { recursive: true });
  cpSync(sources, path.join(folder, 'apps'), { recursive: true });
  if (ndjson) {
    const lines = Object.values(fleet)
      .flat()
      .map(entity => `${JSON.stringify(entity)}\n`);
    writeFileSync(path.join(folder, 'fleet.ndjson'), lines.join(''));
    return;
  }
  for (const [kind, entities] of Object.entries(fleet)) {
    for (let from = 0; from < entities.length; from += ENTITIES_IN_A_FILE) {
      const part = String(from / ENTITIES_IN_A_FILE + 1).padStart(3, '0');
      const name =
        entities.length > ENTITIES_IN_A_FILE ? `${kind}-${part}` : kind;
      writeFileSync(
        path.join(folder, `${name}.yaml`),
        toYaml(entities.slice(from, from + ENTITIES_IN_A_FILE)),
      );
    }
  }
}
