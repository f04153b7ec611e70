import fs from 'node:fs';
import os from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';

const LABS = resolve(__dirname, '../../../../examples/labs');

const created: string[] = [];
afterAll(() => {
  for (const folder of created) fs.rmSync(folder, { recursive: true });
});

/** A folder that is removed after the tests of a file. */
export class TestFolder {
  private constructor(readonly path: string) {}

  static create(files: Record<string, string> = {}): TestFolder {
    const folder = fs.mkdtempSync(join(os.tmpdir(), 'resedge-test-'));
    const result = new TestFolder(folder);
    created.push(folder);
    for (const [file, text] of Object.entries(files)) result.write(file, text);
    return result;
  }

  /** A copy of the demo fleet, to be changed. */
  static labs(): TestFolder {
    const folder = TestFolder.create();
    fs.cpSync(LABS, folder.path, { recursive: true });
    return folder;
  }

  at(file: string): string {
    return join(this.path, file);
  }

  write(file: string, text: string | Uint8Array): void {
    fs.mkdirSync(dirname(this.at(file)), { recursive: true });
    fs.writeFileSync(this.at(file), text);
  }

  read(file: string): string {
    return fs.readFileSync(this.at(file), 'utf8');
  }

  /** Replaces a text that must be there. */
  replace(file: string, before: string, after: string): void {
    const text = this.read(file);
    if (!text.includes(before)) throw new Error(`no '${before}' in ${file}`);
    this.write(file, text.replace(before, after));
  }

  remove(file: string): void {
    fs.rmSync(this.at(file), { recursive: true });
  }

  /** The contents of all files below, by path. */
  files(): Record<string, string> {
    const all = fs.readdirSync(this.path, {
      recursive: true,
      withFileTypes: true,
    });
    return Object.fromEntries(
      all
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name))
        .sort()
        .map(file => [
          relative(this.path, file),
          fs.readFileSync(file, 'utf8'),
        ]),
    );
  }
}
