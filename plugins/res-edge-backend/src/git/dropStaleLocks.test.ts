import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestRepository } from './__testUtils__/TestRepository';

let test: TestRepository;

beforeEach(async () => {
  test = await TestRepository.create();
});

afterEach(() => test.remove());

async function lock(name: string, minutes: number): Promise<void> {
  const file = join(test.repository.folder, name);
  await writeFile(file, '');
  const then = new Date(Date.now() - minutes * 60_000);
  await utimes(file, then, then);
}

it('frees a branch that a killed process left locked, and none that is being moved', async () => {
  await test.commit('main', { 'a.txt': '1' });
  await test.commit('other', { 'a.txt': '1' });
  await lock('refs/heads/main.lock', 11);
  await lock('packed-refs.lock', 11);
  await lock('refs/heads/other.lock', 9);

  await test.repository.dropStaleLocks();

  await test.commit('main', { 'a.txt': '2' });
  await expect(
    test.git('update-ref', '-d', 'refs/heads/other'),
  ).rejects.toThrow('other.lock');
});
