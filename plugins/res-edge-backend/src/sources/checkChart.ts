import { InputError } from '@backstage/errors';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { readArchive } from './readArchive';

const LIMITS = {
  maxFiles: 1,
  maxFileBytes: 1_000_000,
  maxBytes: 50_000_000,
};

/**
 * Looks into the archive of a chart: it has to be the one that was asked for, and one that can be unpacked anywhere.
 *
 * @throws InputError where it is not
 * @internal
 */
export async function checkChart(
  archive: Uint8Array,
  wanted: { readonly chart: string; readonly version: string },
): Promise<void> {
  const file = `${wanted.chart}/Chart.yaml`;
  const files = await readArchive(archive, {
    ...LIMITS,
    keep: path => path === file,
  });
  const content = files.get(file);
  if (!content) throw new InputError(`the archive has no ${file}`);
  let found: unknown;
  try {
    found = load(content.toString('utf8'), { schema: FAILSAFE_SCHEMA });
  } catch (error) {
    throw new InputError(
      `${file} is no valid YAML: ${(error as Error).message.split('\n')[0]}`,
    );
  }
  const { name, version, type } = (found ?? {}) as Record<string, unknown>;
  if (name !== wanted.chart || version !== wanted.version) {
    throw new InputError(
      `${file} is of '${String(name)}' ${String(version)}, not of '${
        wanted.chart
      }' ${wanted.version}`,
    );
  }
  if (type === 'library') {
    throw new InputError(`'${wanted.chart}' is a library: it installs nothing`);
  }
}
