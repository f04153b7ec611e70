import os from 'node:os';
import { WatchedChange } from './FleetWatch';
import {
  APPLICATION,
  BAD,
  FROZEN,
  GOOD,
  LIFTED,
  RolloutStory,
} from './RolloutStory';

/** A promise, and how it was kept. */
interface Kept {
  readonly promise: string;
  readonly found: string;
  readonly isKept: boolean;
}

/** What happened, as Markdown; and whether all that was promised was kept. */
export async function writeReport(
  story: RolloutStory,
  options: { clusters: number; seed: number },
): Promise<{ text: string; isKept: boolean }> {
  const promises = await judge(story);
  const { demo, watch } = story;
  const runs = [...demo.runs].sort((one, other) => one - other);
  const text = [
    '# A rollout, recorded',
    '',
    `${options.clusters} stores (seed ${options.seed}), three rings, ${
      watch.changes.length
    } changes of a store; from ${time(story.happened[0].at)} to ${time(
      demo.now,
    )}. Made by \`npm run demo:rollout\`.`,
    '',
    '## What was promised',
    '',
    ...table(
      ['Promise', 'Found', ''],
      promises.map(({ promise, found, isKept }) => [
        promise,
        found,
        isKept ? 'kept' : '**broken**',
      ]),
    ),
    '',
    '## What happened',
    '',
    ...table(
      ['UTC', ''],
      story.happened.map(({ at, text: what }) => [time(at), what]),
    ),
    '',
    '## What the rollouts did, and why',
    '',
    ...table(
      ['UTC', 'Release', 'Ring', 'From', 'To', 'Cause'],
      (await story.moves()).map(({ at, version, ring, from, to, cause }) => [
        ...[time(new Date(at)), version, ring ?? 'all', from, to, cause],
      ]),
    ),
    '',
    `## How many stores came to ${GOOD}, hour by hour`,
    '',
    ...byHour(watch.changes.filter(({ to }) => to === GOOD)),
    '',
    '## What it cost',
    '',
    `${
      runs.length
    } runs of the automation (plan, decide, hold, deliver by git), the median ${Math.round(
      runs[Math.floor(runs.length / 2)],
    )} ms, the longest ${Math.round(runs.at(-1)!)} ms; ${Math.round(
      process.memoryUsage.rss() / 1e6,
    )} MB at the end, on ${os.cpus().length} cores.`,
    '',
  ].join('\n');
  return { text, isKept: promises.every(({ isKept }) => isKept) };
}

const some = (count: number) => ({ found: `${count}`, isKept: count > 0 });
const noneOf = (count: number) => ({ found: `${count}`, isKept: count === 0 });

async function judge({ demo, watch }: RolloutStory): Promise<Kept[]> {
  const none = (promise: string, changes: readonly WatchedChange[]): Kept => ({
    promise,
    found: `${changes.length} of ${watch.changes.length}`,
    isKept: changes.length === 0,
  });
  const to = (version: string) =>
    watch.changes.filter(change => change.to === version);
  const ringOf = ({ cluster }: WatchedChange) => cluster.metadata.labels?.ring;
  const first = (ring: string) =>
    Math.min(
      ...to(GOOD)
        .filter(change => ringOf(change) === ring)
        .map(({ at }) => at.getTime()),
    );
  const lagging = [...watch.having()].filter(([, version]) => version !== GOOD);
  const draining = new Set(
    demo.clusters
      .filter(({ spec }) => spec.state === 'draining')
      .map(({ metadata }) => metadata.name),
  );
  const bad = to(BAD);
  const lifted = demo.clustersOf(LIFTED);
  return [
    none('No store changes while it is open for business', watch.whileOpen()),
    none(
      `No store of ${FROZEN} changes during the freeze where nobody lifted it`,
      watch.whileFrozen(FROZEN, LIFTED),
    ),
    {
      promise: `Stores of ${LIFTED} change while it is lifted`,
      ...some(
        to(GOOD).filter(
          ({ at, cluster }) =>
            lifted.has(cluster.metadata.name) &&
            at >= watch.lifted!.from &&
            at < watch.frozen!.until,
        ).length,
      ),
    },
    {
      promise: `${BAD} reaches stores of the first ring alone`,
      found: `${bad.length} stores, all of them ${[
        ...new Set(bad.map(ringOf)),
      ].join(', ')}`,
      isKept: bad.length > 0 && bad.every(change => ringOf(change) === 'beta'),
    },
    {
      promise: `${BAD} is gone`,
      ...noneOf([...watch.having().values()].filter(v => v === BAD).length),
    },
    {
      promise: 'Each ring begins after the one before',
      found: ['beta', 'pilot', 'prod']
        .map(ring => `${ring} ${time(new Date(first(ring)))}`)
        .join(', '),
      isKept: first('beta') < first('pilot') && first('pilot') < first('prod'),
    },
    {
      promise: `All stores with ${APPLICATION} have ${GOOD} in the end, but those that are draining`,
      found: `${watch.having().size - lagging.length} of ${
        watch.having().size
      }; ${lagging.length} are not there`,
      isKept: lagging.every(([name]) => draining.has(name)),
    },
  ];
}

/** A row for each hour with changes, a column for each time zone. */
function byHour(changes: readonly WatchedChange[]): string[] {
  const zones = [
    ...new Set(changes.map(({ cluster }) => cluster.spec.timeZone!)),
  ].sort();
  const hours = new Map<string, Map<string, number>>();
  for (const { at, cluster } of changes) {
    const hour = `${time(at).slice(0, 13)}:00`;
    const row = hours.get(hour) ?? new Map<string, number>();
    const zone = cluster.spec.timeZone!;
    row.set(zone, (row.get(zone) ?? 0) + 1);
    hours.set(hour, row);
  }
  let sum = 0;
  return table(
    [
      'UTC',
      ...zones.map(zone => zone.split('/')[1].replace('_', ' ')),
      'All so far',
    ],
    [...hours].map(([hour, row]) => {
      for (const count of row.values()) sum += count;
      return [hour, ...zones.map(zone => `${row.get(zone) ?? ''}`), `${sum}`];
    }),
  );
}

function table(head: readonly string[], rows: readonly string[][]): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map(cell => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function time(at: Date): string {
  return at.toISOString().slice(0, 16).replace('T', ' ');
}
