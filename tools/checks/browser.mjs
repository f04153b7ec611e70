import path from 'node:path';
import { ensureApp } from '../app.mjs';
import { ensureChromium } from '../chromium.mjs';
import { root } from '../paths.mjs';
import { nodeTests } from './nodeTests.mjs';

/** People's way through the built portal, in a real browser. */
export async function browserTests() {
  const chromium = ensureChromium();
  if (!chromium || !ensureApp()) return { passed: 0, failed: 1 };
  const transform = path.join(
    root,
    'node_modules/@backstage/cli/config/nodeTransform.cjs',
  );
  return nodeTests(['packages/app/e2e-tests/**/*.test.ts'], {
    flags: ['--require', transform],
    env: { CHROMIUM: chromium },
  });
}
