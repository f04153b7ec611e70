import { InputError } from '@backstage/errors';
import { checkPath } from '../../git/checkPath';
import { toPointer } from '../../util/fieldPointer';
import { isPrototypeKey } from '../../util/isPrototypeKey';
import { AreaOperations, OperationOptions } from './Operations';

/** Manifests of applications that have no file they could stand beside. @internal */
export function sourceOperations({
  sources,
}: OperationOptions): AreaOperations<'storeSource'> {
  return {
    async storeSource({ body, access }) {
      const files = new Map(Object.entries(body.files));
      checkFiles(files);
      const digest = await sources.put(files, access.actor);
      return { digest, path: `./sources/${digest}` };
    },
  };
}

/** @throws InputError with the pointer of the first file that has no place of its own */
function checkFiles(files: ReadonlyMap<string, string>): void {
  for (const file of files.keys()) {
    try {
      checkPath(file);
      if (isPrototypeKey(file)) throw new InputError('is not allowed');
      const folders = file.split('/').slice(0, -1);
      for (let depth = 1; depth <= folders.length; depth++) {
        const folder = folders.slice(0, depth).join('/');
        if (files.has(folder)) {
          throw new InputError(`'${folder}' is a file and a folder`);
        }
      }
    } catch (error) {
      const { message } = error as Error;
      throw Object.assign(new InputError(`files: ${message}`), {
        details: [{ pointer: toPointer(['files', file]), message }],
      });
    }
  }
}
