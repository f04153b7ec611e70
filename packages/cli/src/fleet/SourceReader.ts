import { EdgeEntityError } from '@res-edge/backstage-plugin-res-edge-common';
import { FileMap } from '@res-edge/backstage-plugin-res-edge-engine';
import fs from 'node:fs';
import path from 'node:path';

/** What is larger does not belong into a GitOps repository. */
const MAX_FILES = 1000;
const MAX_BYTES = 10_000_000;

/**
 * Reads what an entity points at: folders and files beside the file that it stands in. A path never leaves the folder
 * of that file, and links are not followed.
 *
 * @internal
 */
export class SourceReader {
  private constructor(private readonly folder: string) {}

  /** @param folder - the fleet's folder */
  static create(folder: string): SourceReader {
    return new SourceReader(folder);
  }

  /**
   * The files below `relativePath`, by their path inside it; a single file comes under its own name.
   *
   * @param file - the file that the entity stands in, from the fleet's folder
   * @param field - what an error names
   * @throws EdgeEntityError where the path leaves the folder, holds a link, is too large, or is not there
   */
  read(file: string, relativePath: string, field: string): FileMap {
    const fail = (detail: string): never => {
      throw new EdgeEntityError(field, `'${relativePath}' ${detail}`);
    };
    const inside = path.posix.normalize(relativePath);
    if (
      path.posix.isAbsolute(inside) ||
      inside.split('/').includes('..') ||
      /[\\\0]/.test(inside)
    ) {
      return fail(
        `leaves the folder of ${file}; only paths inside of it are allowed`,
      );
    }
    const files = new Map<string, Uint8Array>();
    let bytes = 0;
    const visit = (absolute: string, relative: string) => {
      const stat = fs.lstatSync(absolute, { throwIfNoEntry: false });
      if (!stat) return fail(`does not exist beside ${file}`);
      if (stat.isDirectory()) {
        for (const name of fs.readdirSync(absolute).sort()) {
          const child = relative === '' ? name : `${relative}/${name}`;
          visit(path.join(absolute, name), child);
        }
        return undefined;
      }
      const shown = relative === '' ? 'it' : `'${relative}'`;
      if (stat.isSymbolicLink())
        return fail(`cannot be read: ${shown} is a symbolic link`);
      if (!stat.isFile()) return fail(`cannot be read: ${shown} is no file`);
      bytes += stat.size;
      if (files.size === MAX_FILES || bytes > MAX_BYTES) {
        return fail(
          `is too large: at most ${MAX_FILES} files and ${MAX_BYTES} bytes are allowed`,
        );
      }
      files.set(relative || path.basename(absolute), fs.readFileSync(absolute));
      return undefined;
    };
    let target = path.join(this.folder, path.dirname(file));
    for (const part of inside.split('/')) {
      target = path.join(target, part);
      if (fs.lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink())
        return fail(`cannot be read: '${part}' is a symbolic link`);
    }
    visit(target, '');
    return files;
  }
}
