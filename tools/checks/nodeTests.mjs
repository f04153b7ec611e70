import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runCommand } from './command.mjs';

/** Tests of Node's own runner, one file after the other. */
export async function nodeTests(patterns, { flags = [], env = {} } = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'res-edge-tests-'));
  const report = path.join(folder, 'report.tap');
  try {
    const code = await runCommand(
      process.execPath,
      [
        ...flags,
        '--test',
        '--test-concurrency=1',
        '--test-reporter=spec',
        '--test-reporter-destination=stdout',
        '--test-reporter=tap',
        `--test-reporter-destination=${report}`,
        ...patterns,
      ],
      { env },
    );
    const text = fs.readFileSync(report, 'utf8');
    const count = key =>
      Number(new RegExp(`^# ${key} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
    const failed =
      count('fail') + count('cancelled') + count('skipped') + count('todo');
    const passed = count('pass');
    const silent = failed === 0 && (code !== 0 || passed === 0);
    return { passed, failed: silent ? 1 : failed };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
