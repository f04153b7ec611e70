// Makes sure that the tests find a real container registry: Debian's docker-registry, fetched into tools/.bin where PATH has
// none. Usage: node tools/with-node.mjs node tools/dockerRegistry.mjs; npm test does it by itself.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { fetchFromDebian } from './debian.mjs';

const NAME = 'docker-registry';
const SUITES = ['trixie', 'bookworm', 'sid'];

function isUsable(command) {
  const { status, stdout } = spawnSync(command, ['--version'], {
    encoding: 'utf8',
  });
  return status === 0 && /distribution v?[23]\./.test(stdout);
}

/** @returns whether it is there; where not, the tests that need it fail and say so */
export function ensureDockerRegistry() {
  if (isUsable(NAME)) return true;
  console.error(`Fetching ${NAME} from Debian (once) ...`);
  if (fetchFromDebian({ name: NAME, suites: SUITES, isUsable })) return true;
  console.error(
    `There is no ${NAME} in PATH, and none could be fetched: tests that need a container registry will fail. ` +
      `On Debian: apt-get install ${NAME}.`,
  );
  return false;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exit(ensureDockerRegistry() ? 0 : 1);
}
