import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from '../postgres.mjs';
import { runCommand } from './command.mjs';

/** The tests of all packages, against SQLite and a real PostgreSQL. */
export async function jestTests() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'res-edge-jest-'));
  const report = path.join(folder, 'report.json');
  const postgres = await startPostgres();
  try {
    const code = await runCommand(
      'backstage-cli',
      [
        ...['repo', 'test', '--ci', '--watchAll=false', '--maxWorkers=2'],
        // Tests of real git, kustomize and databases take what a busy machine takes.
        '--testTimeout=60000',
        ...['--json', `--outputFile=${report}`],
      ],
      {
        env: {
          BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING:
            postgres.connectionString,
          BACKSTAGE_TEST_DISABLE_DOCKER: '1',
        },
      },
    );
    return countsOf(JSON.parse(fs.readFileSync(report, 'utf8')), code);
  } finally {
    await postgres.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A suite that did not run, and a test that was left out, are failures too. */
function countsOf(report, code) {
  const failed =
    report.numFailedTests +
    report.numRuntimeErrorTestSuites +
    report.numPendingTests +
    report.numTodoTests;
  const passed = report.numPassedTests;
  const silent = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: silent ? 1 : failed };
}
