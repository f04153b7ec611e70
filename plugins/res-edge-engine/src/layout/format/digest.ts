import { createHash, hash } from 'node:crypto';
import { FileMap } from '../../model';

const REVISION_LENGTH = 12;

/** The order of everything that is written: by code unit, the same everywhere. @internal */
export function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Plain data as JSON with sorted keys: the same content gives the same text. @internal */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, child) =>
    typeof child === 'object' && child !== null && !Array.isArray(child)
      ? Object.fromEntries(
          Object.entries(child).sort(([a], [b]) => byCodeUnit(a, b)),
        )
      : child,
  );
}

/** SHA-256 of plain data, in hexadecimal. @internal */
export function dataDigest(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** SHA-256 over files: their paths, lengths and bytes. @internal */
export function filesDigest(files: FileMap): string {
  const digest = createHash('sha256');
  for (const path of [...files.keys()].sort(byCodeUnit)) {
    const content = bytesOf(files.get(path)!);
    digest.update(`${JSON.stringify(path)} ${content.byteLength}\n`);
    digest.update(content);
  }
  return digest.digest('hex');
}

/** The part of a digest that names folders. @internal */
export function shortDigest(digest: string): string {
  return digest.slice(0, REVISION_LENGTH);
}

/** The hash that git gives a file: what a branch holds can be compared without reading it. @public */
export function gitBlobHash(content: string | Uint8Array): string {
  if (typeof content === 'string') {
    return hash('sha1', `blob ${Buffer.byteLength(content)}\0${content}`);
  }
  return createHash('sha1')
    .update(`blob ${content.byteLength}\0`)
    .update(content)
    .digest('hex');
}

/** How many bytes a text takes. @internal */
export function byteLengthOf(text: string): number {
  return Buffer.byteLength(text);
}

/** @internal */
export function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}
