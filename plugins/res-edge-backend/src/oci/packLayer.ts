import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { pack } from 'tar-stream';

/** Of all files: what changes when a file is only written again is no content. */
const NO_TIME = new Date(0);
/** The byte of gzip's header that says on which system it was packed. */
const SYSTEM = 9;
const UNKNOWN_SYSTEM = 255;

/**
 * Files as a layer, `tar+gzip`. The same files give the same bytes: ordered by path, without times, owners or the system.
 *
 * @internal
 */
export async function packLayer(
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Buffer<ArrayBuffer>> {
  const tar = pack();
  const paths = [...files.keys()].sort();
  for (const name of paths) {
    tar.entry(
      {
        ...{ name, type: 'file', mtime: NO_TIME, mode: 0o644 },
        ...{ uid: 0, gid: 0, uname: '', gname: '' },
      },
      Buffer.from(files.get(name)!),
    );
  }
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar) chunks.push(chunk as Uint8Array);
  const layer = await promisify(gzip)(Buffer.concat(chunks));
  layer[SYSTEM] = UNKNOWN_SYSTEM;
  return Buffer.from(layer);
}
