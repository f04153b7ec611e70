// The places that the tools share.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const binFolder = path.join(root, 'tools', '.bin');
/** What the demo keeps between two starts: its databases, its Git repository, its generated fleet. */
export const localFolder = path.join(root, '.local');
