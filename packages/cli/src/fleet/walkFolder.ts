import fs from 'node:fs';
import path from 'node:path';

/** A file, or a link that is not followed. @internal */
export interface FoundFile {
  /** The absolute path. */
  readonly path: string;
  /** The path from the folder that is walked, with `/`. */
  readonly name: string;
  readonly kind: 'file' | 'link' | 'linked folder' | 'unreadable folder';
}

/**
 * The files below a folder: those of a folder by name, then those of its folders by name. So whoever reads a file can
 * still say that a folder below it is to be skipped. Hidden ones and `node_modules` are left out.
 *
 * @param skip - asked for the absolute path of each folder, when it is its turn
 * @internal
 */
export function* walkFolder(
  root: string,
  skip: (folder: string) => boolean,
  inside: string = '',
): Generator<FoundFile> {
  const here = path.join(root, inside);
  const nameOf = (entry: string) =>
    inside === '' ? entry : `${inside}/${entry}`;
  let entries: fs.Dirent[];
  try {
    entries = fs.readdirSync(here, { withFileTypes: true });
  } catch {
    yield { path: here, name: inside || '.', kind: 'unreadable folder' };
    return;
  }
  const shown = entries
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of shown) {
    if (entry.isDirectory()) continue;
    const file = {
      path: path.join(here, entry.name),
      name: nameOf(entry.name),
    };
    if (entry.isFile()) yield { ...file, kind: 'file' };
    else if (entry.isSymbolicLink())
      yield {
        ...file,
        kind: linksFolder(file.path) ? 'linked folder' : 'link',
      };
  }
  for (const entry of shown) {
    if (!entry.isDirectory() || skip(path.join(here, entry.name))) continue;
    yield* walkFolder(root, skip, nameOf(entry.name));
  }
}

function linksFolder(link: string): boolean {
  return fs.statSync(link, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
