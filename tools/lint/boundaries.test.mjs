// The boundaries hold: an import that the table does not allow is refused by the lint of the package itself.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import { root } from '../paths.mjs';

const require = createRequire(import.meta.url);
const { ESLint } = require('eslint');
const { MAY_IMPORT, PURE } = require('./boundaries');

const eslint = new ESLint({ cwd: root });

const folders = new Map(
  ['packages', 'plugins']
    .flatMap(parent =>
      fs
        .readdirSync(path.join(root, parent))
        .map(name => path.join(root, parent, name)),
    )
    .map(folder => [
      JSON.parse(fs.readFileSync(path.join(folder, 'package.json'))).name,
      folder,
    ]),
);

/** What lint says of this text as a file of the package, about imports and syntax alone. */
async function messages(name, text, file = 'src/example.ts') {
  const [result] = await eslint.lintText(text, {
    filePath: path.join(folders.get(name), file),
  });
  assert.ok(!result.messages.some(({ fatal }) => fatal), `${name}: no parse`);
  return result.messages
    .filter(({ ruleId }) =>
      ['no-restricted-imports', 'no-restricted-syntax'].includes(ruleId),
    )
    .map(({ message }) => message);
}

test('the table names every package of the workspace', () => {
  assert.deepEqual(Object.keys(MAY_IMPORT).sort(), [...folders.keys()].sort());
});

for (const [name, allowed] of Object.entries(MAY_IMPORT)) {
  test(`${name} imports what the table allows, and nothing else of ours`, async () => {
    for (const other of Object.keys(MAY_IMPORT)) {
      if (other === name) continue;
      for (const file of ['src/example.ts', 'src/example.test.ts']) {
        const found = await messages(
          name,
          `import { thing } from '${other}';\nthing();\n`,
          file,
        );
        const expected = allowed.includes(other) ? 0 : 1;
        assert.equal(found.length, expected, `${file} importing ${other}`);
      }
    }
  });
}

for (const name of PURE) {
  test(`${name} has no I/O, no clock, no chance`, async () => {
    const refused = [
      "import { readFileSync } from 'node:fs';\nreadFileSync('x');\n",
      "import { coreServices } from '@backstage/backend-plugin-api';\ncoreServices.logger;\n",
      'export const now = Date.now();\n',
      'export const now = new Date();\n',
      'export const chance = Math.random();\n',
    ];
    for (const text of refused) {
      assert.equal((await messages(name, text)).length, 1, text);
    }
    const fine = 'export const time = new Date(0);\n';
    assert.deepEqual(await messages(name, fine), []);
  });
}
