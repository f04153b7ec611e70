import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { TestRepository } from './__testUtils__/TestRepository';

let test: TestRepository;

beforeEach(async () => {
  test = await TestRepository.create();
});

afterEach(() => test.remove());

async function packs(): Promise<number> {
  const folder = join(test.repository.folder, 'objects', 'pack');
  return (await readdir(folder)).filter(name => name.endsWith('.pack')).length;
}

it('joins many packs, and loses nothing', async () => {
  const commits: string[] = [];
  for (let index = 0; index < 22; index++) {
    // Enough objects that git keeps them as a pack of their own.
    const files = Array.from({ length: 110 }, (_, file) => [
      `f/${file}`,
      `${index}.${file}`,
    ]);
    commits.push(await test.commit('main', Object.fromEntries(files)));
  }
  expect(await packs()).toBe(22);
  await test.repository.maintain();
  expect(await packs()).toBeLessThan(5);
  await test.git('fsck', '--strict');
  for (const [index, commit] of commits.entries()) {
    const read = await test.repository.read(commit, ['f/109']);
    expect(String(read.get('f/109'))).toBe(`${index}.109`);
  }
  const before = await packs();
  await test.repository.maintain();
  expect(await packs()).toBe(before);
});
