// Runs the benchmarks of the packages in plugins/, each in a process of its own.
// Usage: npm run bench, or npm run bench -- <part of a name> ...
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

const transform = path.join(
  root,
  'node_modules/@backstage/cli/config/nodeTransform.cjs',
);
const wanted = process.argv.slice(2);
const files = fs
  .globSync('plugins/*/bench/*.ts', { cwd: root })
  .filter(file => {
    const name = path.basename(file, '.ts');
    return !wanted.length || wanted.some(part => name.includes(part));
  })
  .sort();
if (!files.length) {
  console.error('There is no benchmark of that name in plugins/*/bench');
  process.exit(1);
}
for (const file of files) {
  console.log(`\n== ${file}`);
  const { status } = spawnSync(
    process.execPath,
    ['--expose-gc', '--require', transform, path.join(root, file)],
    { stdio: 'inherit' },
  );
  if (status !== 0) process.exit(status ?? 1);
}
