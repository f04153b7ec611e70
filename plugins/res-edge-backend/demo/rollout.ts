/* eslint-disable no-console */
import '../src/automation/__testUtils__/withoutJest';
import fs from 'node:fs';
import path from 'node:path';
import { DemoFleet } from './rollout/DemoFleet';
import { FAILURES, RolloutStory, START } from './rollout/RolloutStory';
import { writeReport } from './rollout/writeReport';

/*
 * 2,000 stores, three rings, a bad release and a good one, store hours, a freeze and a signed override, in accelerated time:
 * `npm run demo:rollout` at the root plays it, and writes what happened to .local/rollout-demo.md (OUT names another file).
 * CLUSTERS and SEED make another fleet. It ends with status 1 where any promise was broken.
 */
const CLUSTERS = Number(process.env.CLUSTERS ?? 2000);
const SEED = Number(process.env.SEED ?? 1);
const LOCAL = path.resolve(__dirname, '../../../.local');
const OUT = process.env.OUT ?? path.join(LOCAL, 'rollout-demo.md');

async function main() {
  fs.mkdirSync(LOCAL, { recursive: true });
  const folder = fs.mkdtempSync(path.join(LOCAL, 'rollout-demo-'));
  try {
    const fleet = await DemoFleet.create({
      ...{ folder, clusters: CLUSTERS, seed: SEED },
      ...{ start: START, failures: FAILURES },
    });
    const story = RolloutStory.create(fleet, text => console.log(text));
    await story.play();
    const report = await writeReport(story, { clusters: CLUSTERS, seed: SEED });
    fs.writeFileSync(OUT, report.text);
    console.log(`\n${report.text}\nWritten to ${OUT}`);
    if (!report.isKept) process.exitCode = 1;
    await fleet.close();
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
