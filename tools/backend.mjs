// Starts the backend, which serves the built frontend too, and tells when it answers.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './paths.mjs';

const backendFolder = path.join(root, 'packages', 'backend');
const transform = path.join(
  root,
  'node_modules/@backstage/cli/config/nodeTransform.cjs',
);

/** The same base URL wherever the configuration asks for it, for another port than its own. */
function portVariables(port) {
  if (port === undefined) return {};
  const url = `http://localhost:${port}`;
  return {
    APP_CONFIG_app_baseUrl: url,
    APP_CONFIG_backend_baseUrl: url,
    APP_CONFIG_backend_listen_port: String(port),
  };
}

/**
 * @param {object} options
 * @param {string[]} options.configs - configuration files, the last wins
 * @param {number} [options.port] - another port than the configured one
 * @param {Record<string, string>} [options.env] - more environment variables
 * @param {import('node:child_process').StdioOptions} [options.stdio]
 */
export function startBackend({ configs, port, env = {}, stdio = 'inherit' }) {
  const child = spawn(
    process.execPath,
    [
      '--enable-source-maps',
      '--require',
      transform,
      'src',
      ...configs.flatMap(file => ['--config', file]),
    ],
    {
      cwd: backendFolder,
      stdio,
      env: {
        // Guests are let in while developing only.
        NODE_ENV: 'development',
        ...process.env,
        ...portVariables(port),
        ...env,
      },
    },
  );
  const ended = new Promise(resolve => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  return {
    child,
    ended,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Resolves to true when all plugins of the backend are ready, to false when it ended before. */
export async function backendIsReady(backend, url, timeoutSeconds = 300) {
  let exited = false;
  backend.ended.then(() => {
    exited = true;
  });
  const end = Date.now() + timeoutSeconds * 1000;
  while (!exited && Date.now() < end) {
    try {
      const response = await fetch(`${url}/.backstage/health/v1/readiness`);
      if (response.ok) return true;
    } catch {
      // Nothing listens yet.
    }
    await sleep(250);
  }
  return false;
}
