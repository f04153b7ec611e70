import { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { FileMap } from '@res-edge/backstage-plugin-res-edge-engine';
import fs from 'node:fs/promises';
import path from 'node:path';
import { SourceStore } from '../database';

/** No source of an application is larger; what is larger does not belong into a GitOps repository. */
const MAX_FILES = 500;
const MAX_BYTES = 10 * 1024 * 1024;

/**
 * Reads what an entity's YAML points at: folders and files beside the place where it is registered.
 * A path never leaves the folder of that file, and links are not followed. What the API creates has no file, and points
 * at sources that the API was given: `./sources/<digest>`, or a file in one.
 *
 * @internal
 */
export class SourceReader {
  private constructor(
    private readonly urlReader: UrlReaderService,
    private readonly integrations: ScmIntegrations,
    private readonly stored: Pick<SourceStore, 'get'>,
    private readonly etags = new Map<
      string,
      { etag: string; files: FileMap }
    >(),
  ) {}

  static create(options: {
    urlReader: UrlReaderService;
    integrations: ScmIntegrations;
    stored: Pick<SourceStore, 'get'>;
  }): SourceReader {
    return new SourceReader(
      options.urlReader,
      options.integrations,
      options.stored,
    );
  }

  /**
   * The files below `relativePath`, by their path inside it; a single file comes under its own name.
   *
   * @param location - where the entity is registered, such as `file:/srv/fleet/apps.yaml` or `url:https://…`
   * @throws InputError where the path leaves the folder or holds a link, NotFoundError where nothing is there
   */
  async read(location: string, relativePath: string): Promise<FileMap> {
    const inside = normalize(relativePath);
    const colon = location.indexOf(':');
    const type = location.slice(0, colon);
    const target = location.slice(colon + 1);
    if (type === 'file')
      return readFolder(path.resolve(path.dirname(target), inside), inside);
    if (type === 'url') return this.readUrl(target, inside);
    if (type === 'api' || type === 'provider') return this.readStored(inside);
    throw new InputError(
      `spec.source.path '${relativePath}' cannot be read: the location '${location}' is neither a file nor a url`,
    );
  }

  private async readStored(inside: string): Promise<FileMap> {
    const [, digest, rest] =
      /^sources\/([0-9a-f]{64})(?:\/(.*))?$/.exec(inside) ?? [];
    if (digest === undefined) {
      throw new InputError(
        `'${inside}' cannot be read: what the API creates has no file that it could stand beside; give its manifests to the API and name them as ./sources/<digest>, or register it as YAML`,
      );
    }
    const files = await this.stored.get(digest);
    const found = new Map<string, Uint8Array>();
    for (const [name, text] of files ?? []) {
      const relative = pathBelow(name, rest);
      if (relative) found.set(relative, Buffer.from(text));
    }
    if (found.size === 0) {
      throw new NotFoundError(`'${inside}' is not among the stored sources`);
    }
    return found;
  }

  private async readUrl(target: string, inside: string): Promise<FileMap> {
    const url = this.integrations.resolveUrl({
      url: `./${inside}`,
      base: target,
    });
    const known = this.etags.get(url);
    try {
      const tree = await this.urlReader.readTree(url, { etag: known?.etag });
      const files = new Map<string, Uint8Array>();
      let bytes = 0;
      for (const file of await tree.files()) {
        const content = await file.content();
        bytes += content.length;
        checkSize(inside, files.size + 1, bytes);
        files.set(file.path, content);
      }
      this.etags.set(url, { etag: tree.etag, files });
      return files;
    } catch (error) {
      if (error instanceof Error && error.name === 'NotModifiedError' && known)
        return known.files;
      throw error;
    }
  }
}

/** A path as it is seen from a folder, a single file under its own name; undefined where it is elsewhere. */
function pathBelow(file: string, folder = ''): string | undefined {
  const inside = folder.replace(/\/$/, '');
  if (inside === '') return file;
  if (file === inside) return path.posix.basename(file);
  return file.startsWith(`${inside}/`)
    ? file.slice(inside.length + 1)
    : undefined;
}

function normalize(relativePath: string): string {
  const inside = path.posix.normalize(relativePath);
  if (
    path.posix.isAbsolute(inside) ||
    inside === '..' ||
    inside.startsWith('../') ||
    inside.includes('\\')
  ) {
    throw new InputError(
      `Path '${relativePath}' leaves the folder of the entity's file; only paths inside it are allowed`,
    );
  }
  return inside;
}

function checkSize(inside: string, files: number, bytes: number) {
  if (files > MAX_FILES || bytes > MAX_BYTES) {
    throw new InputError(
      `'${inside}' is too large: at most ${MAX_FILES} files and ${
        MAX_BYTES / 1024 / 1024
      } MiB are allowed`,
    );
  }
}

async function readFolder(root: string, inside: string): Promise<FileMap> {
  const files = new Map<string, Uint8Array>();
  let bytes = 0;
  async function visit(absolute: string, relative: string): Promise<void> {
    const stat = await fs.lstat(absolute).catch(error => {
      if (error.code === 'ENOENT')
        throw new NotFoundError(
          `'${inside}' does not exist beside the entity's file`,
        );
      throw error;
    });
    if (stat.isSymbolicLink()) {
      throw new InputError(
        `'${path.posix.join(
          inside,
          relative,
        )}' is a symbolic link; links are not allowed`,
      );
    }
    if (stat.isDirectory()) {
      for (const name of (await fs.readdir(absolute)).sort()) {
        await visit(
          path.join(absolute, name),
          relative ? `${relative}/${name}` : name,
        );
      }
      return;
    }
    bytes += stat.size;
    checkSize(inside, files.size + 1, bytes);
    files.set(relative || path.basename(absolute), await fs.readFile(absolute));
  }
  await visit(root, '');
  return files;
}
