// Every check and test of the workspace, one after the other. Usage: npm test, or npm test -- <part of a name> ...
// The last line is `N passed, N failed`: each test counts, and each check counts as one.
import { browserTests } from './checks/browser.mjs';
import { commandCheck } from './checks/command.mjs';
import { demands } from './checks/demands.mjs';
import { hygiene } from './checks/hygiene.mjs';
import { jestTests } from './checks/jest.mjs';
import { nodeTests } from './checks/nodeTests.mjs';
import { ensureApp } from './app.mjs';
import { ensureDockerRegistry } from './dockerRegistry.mjs';
import { ensureKustomize } from './kustomize.mjs';

/** Each returns, or resolves to, `{ passed, failed }`. */
const CHECKS = {
  format: commandCheck('prettier', ['--check', '--loglevel=warn', '.']),
  lint: commandCheck('backstage-cli', ['repo', 'lint', '--max-warnings', '0']),
  'lint of scripts': commandCheck('eslint', [
    ...['--max-warnings', '0', '--no-error-on-unmatched-pattern'],
    ...['--ext', '.js,.mjs,.ts', 'tools', 'examples'],
  ]),
  'package metadata': commandCheck('backstage-cli', [
    ...['repo', 'fix', '--check', '--publish'],
  ]),
  hygiene,
  demands,
  types: commandCheck('tsc', ['--pretty', 'false']),
  'public API': commandCheck('backstage-repo-tools', [
    ...['api-reports', '--ci', '--allow-all-warnings'],
    // Our packages see each other's sources; the message would name a path of this machine.
    ...['--omit-messages', 'ae-wrong-input-file-type'],
    ...['--include', 'plugins/*'],
  ]),
  'tests of the tools': () => nodeTests(['tools/**/*.test.mjs']),
  'unit and integration tests': jestTests,
  'frontend build': () =>
    ensureApp() ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 },
  'package build': commandCheck('backstage-cli', ['repo', 'build']),
  'backend build': commandCheck(
    'backstage-cli',
    ['package', 'build', '--skip-build-dependencies'],
    { folder: 'packages/backend' },
  ),
  'browser tests': browserTests,
};

async function run(name, check) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  let result;
  try {
    result = await check();
  } catch (error) {
    console.error(error);
    result = { passed: 0, failed: 1 };
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  return { name, seconds, ...result };
}

// What is ended early ends what it started.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => process.exit(1));
}

const wanted = process.argv.slice(2);
const selected = Object.entries(CHECKS).filter(
  ([name]) => !wanted.length || wanted.some(part => name.includes(part)),
);
ensureKustomize();
ensureDockerRegistry();
const results = [];
for (const [name, check] of selected) results.push(await run(name, check));

console.log('\n== summary');
for (const { name, seconds, passed, failed } of results) {
  const verdict = failed ? 'FAILED' : 'ok';
  console.log(
    `${verdict.padEnd(7)}${name.padEnd(
      28,
    )}${passed} passed, ${failed} failed in ${seconds} s`,
  );
}
const sum = key => results.reduce((total, result) => total + result[key], 0);
const passed = sum('passed');
const failed = sum('failed');
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
