import fs from 'node:fs';
import {
  parseYaml,
  readAllowedKinds,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { UsageError } from '../UsageError';

/**
 * What add-ons may bring, from the file of `--allowed-kinds`; nothing where there is no such option.
 *
 * @throws UsageError where it cannot be read, or something in it is of no use
 * @internal
 */
export function readAllowedKindsFile(
  file: string | undefined,
): ReadonlyMap<string, readonly string[]> {
  if (file === undefined) return new Map();
  try {
    return readAllowedKinds(parseYaml(fs.readFileSync(file, 'utf8')), file);
  } catch (error) {
    throw new UsageError(`--allowed-kinds: ${(error as Error).message}`);
  }
}
