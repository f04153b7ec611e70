import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from '../paths.mjs';

/** Runs a command with its output shown, and resolves to its exit code. */
export function runCommand(command, args, { folder = '.', env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: path.join(root, folder),
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    const abandon = () => child.kill();
    process.once('exit', abandon);
    child.once('error', reject);
    child.once('exit', code => {
      process.off('exit', abandon);
      resolve(code ?? 1);
    });
  });
}

/** A check that passes where the command ends with 0. */
export function commandCheck(command, args, options) {
  return async () => {
    const code = await runCommand(command, args, options);
    return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  };
}
