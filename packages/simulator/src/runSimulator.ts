import { Command, InvalidArgumentError, Option } from 'commander';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { behaviourOf } from './Behaviour';
import { DeliveredFleet } from './DeliveredFleet';
import { FleetSimulator, SimulatedReport } from './FleetSimulator';
import { sendReport } from './sendReport';

const SECOND = 1000;
/** Reports under way at a time: a fleet is many clusters, and one machine has only so many connections. */
const PARALLEL = 16;

interface Values {
  repository: string;
  url: string;
  seed: number;
  interval: number;
  offline: number;
  skew: number;
  quiet?: boolean;
  fail?: ReadonlyMap<string, number>;
}

/**
 * `res-edge-simulator`: lets a fleet report what is delivered, until it is stopped.
 *
 * @param env - `RES_EDGE_STATUS_KEY`: `resEdge.status.key` of the backend
 * @public
 */
export async function runSimulator(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const values = parseArguments(args);
  const key = env.RES_EDGE_STATUS_KEY;
  if (!key)
    throw new Error('RES_EDGE_STATUS_KEY: the key of the backend is needed');
  const { repository, url, seed, interval, offline, skew, fail, quiet } =
    values;
  // It must not be in the way of what it is a demo of.
  os.setPriority(os.constants.priority.PRIORITY_LOW);
  const simulator = FleetSimulator.create({
    fleet: DeliveredFleet.create(repository),
    behaviour: behaviourOf({
      seed,
      offline,
      skew: skew * SECOND,
      failures: fail,
    }),
    seed,
    quiet,
    interval: interval * SECOND,
  });
  for (;;) {
    // A backend that starts again, or a branch that moves while it is read: the next second will do.
    await turn(simulator, { url, key }).catch(() => {});
    await sleep(SECOND);
  }
}

async function turn(
  simulator: FleetSimulator,
  options: { url: string; key: string },
): Promise<void> {
  const reports = simulator.reports(Date.now());
  // Each cluster sends one after another, as it happens; clusters beside each other.
  const byCluster = new Map<string, SimulatedReport[]>();
  for await (const report of reports) {
    const list = byCluster.get(report.cluster);
    if (list) list.push(report);
    else byCluster.set(report.cluster, [report]);
  }
  const waiting = [...byCluster.values()];
  const sender = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      for (const report of next) await sendReport(report, options);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, sender));
}

function parseArguments(args: readonly string[]): Values {
  return new Command('res-edge-simulator')
    .description('Lets a fleet that is made up report what is delivered to it.')
    .requiredOption('--repository <folder>', 'the bare repository')
    .requiredOption(
      '--url <url>',
      'the plugin, such as http://localhost:7007/api/res-edge',
    )
    .addOption(numberOption('--seed <number>', 'of chance', 1, 2 ** 31))
    .addOption(
      numberOption(
        '--interval <seconds>',
        'how often a cluster reconciles',
        600,
        86_400,
      ),
    )
    .addOption(
      numberOption('--offline <share>', 'of clusters at a time, 0 to 1', 0, 1),
    )
    .addOption(
      numberOption(
        '--skew <seconds>',
        'how far clocks are off at most',
        0,
        86_400,
      ),
    )
    .option('--quiet', 'say only what is new, beside that clusters are there')
    .option(
      '--fail <application@version=share>',
      'a version that fails on a share of the clusters; may be given again',
      readFailure,
    )
    .parse(args, { from: 'user' })
    .opts<Values>();
}

function numberOption(
  flags: string,
  text: string,
  orElse: number,
  max: number,
) {
  return new Option(flags, text).default(orElse).argParser(value => {
    const number = Number(value);
    if (!(number >= 0 && number <= max)) {
      throw new InvalidArgumentError(`It must be a number from 0 to ${max}.`);
    }
    return number;
  });
}

function readFailure(
  value: string,
  before: ReadonlyMap<string, number> = new Map(),
): ReadonlyMap<string, number> {
  const [, version, share] = /^([^@=]+@[^=]+)=([\d.]+)$/.exec(value) ?? [];
  if (version === undefined || !(Number(share) <= 1)) {
    throw new InvalidArgumentError('It must be such as imdb@1.0.2=0.3.');
  }
  return new Map([...before, [version, Number(share)]]);
}
