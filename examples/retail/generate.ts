// node examples/retail/generate.ts --clusters 2000 --seed 1 --out FOLDER [--ndjson]
import path from 'node:path';
import { parseArgs } from 'node:util';
import { generateRetailFleet } from './fleet/generateRetailFleet.ts';
import { writeRetailFleet } from './fleet/writeRetailFleet.ts';

export { generateRetailFleet, writeRetailFleet };
export type { RetailFleet } from './fleet/generateRetailFleet.ts';

function wholeNumber(option: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > most) {
    throw new Error(
      `--${option} is '${text}': give a whole number from 0 to ${most}.`,
    );
  }
  return value;
}

function main(script: string): void {
  const { values } = parseArgs({
    options: {
      clusters: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
      ndjson: { type: 'boolean', default: false },
    },
  });
  if (!values.out) {
    throw new Error('--out FOLDER is missing: where shall the fleet go?');
  }
  const fleet = generateRetailFleet({
    clusters: wholeNumber('clusters', values.clusters, 500_000),
    seed: wholeNumber('seed', values.seed, 0xffffffff),
  });
  writeRetailFleet(fleet, {
    folder: values.out,
    sources: path.join(path.dirname(script), 'apps'),
    ndjson: values.ndjson,
  });
  console.log(
    Object.entries(fleet)
      .map(([kind, entities]) => `${entities.length} ${kind}`)
      .join(', '),
  );
}

const script = process.argv[1] ?? '';
if (/[\\/]retail[\\/]generate\.ts$/.test(path.resolve(script))) {
  try {
    main(path.resolve(script));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 2;
  }
}
