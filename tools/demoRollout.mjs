// Plays a rollout on 2,000 stores in accelerated time, and writes what happened to .local/rollout-demo.md.
// Usage: npm run demo:rollout. CLUSTERS, SEED and OUT change the fleet and the file.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureKustomize } from './kustomize.mjs';
import { root } from './paths.mjs';

ensureKustomize();
const { status } = spawnSync(
  process.execPath,
  [
    '--require',
    path.join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
    path.join(root, 'plugins/res-edge-backend/demo/rollout.ts'),
  ],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
