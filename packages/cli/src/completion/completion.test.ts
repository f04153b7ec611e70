import { spawnSync } from 'node:child_process';
import { resedge } from '../__testUtils__/resedge';

/** What bash offers for a line; what stands after the last space is to be completed. */
async function complete(line: string): Promise<string[]> {
  const { stdout } = await resedge('completion', 'bash');
  const script = `resedge() { printf 'prod\\nlab\\n'; }
${stdout}
COMP_WORDS=(${line
    .split(' ')
    .map(word => `'${word}'`)
    .join(' ')})
COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
_resedge
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const found = spawnSync('bash', ['--norc', '-c', script], {
    encoding: 'utf8',
  });
  expect(found.stderr).toBe('');
  return found.stdout.split('\n').filter(word => word !== '');
}

describe('completion', () => {
  it.each([
    ['resedge des', ['describe']],
    [
      'resedge get ',
      ['clusters', 'groups', 'namespaces', 'applications', 'policies'],
    ],
    ['resedge get clusters --sel', ['--selector']],
    ['resedge get clusters -o ', ['table', 'json', 'yaml', 'wide', 'name']],
    ['resedge describe app', ['applications']],
    ['resedge get clusters --context ', ['prod', 'lab']],
    ['resedge config use', ['use-context']],
    ['resedge config use-context p', ['prod']],
    ['resedge config set-context prod --s', ['--server']],
    ['resedge completion ', ['bash', 'zsh']],
    ['resedge get clusters --search ', []],
  ])('of %s', async (line, words) => {
    expect(await complete(line)).toEqual(words);
  });

  it('offers files where a folder is wanted', async () => {
    expect(await complete('resedge validate /et')).toContain('/etc');
  });

  it('is for zsh, too, and for no other shell', async () => {
    const bash = await resedge('completion', 'bash');
    const zsh = await resedge('completion', 'zsh');
    expect(zsh.stdout).toBe(
      `autoload -U +X bashcompinit && bashcompinit\n${bash.stdout}`,
    );
    expect(await resedge('completion', 'fish')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("SHELL is 'fish'; allowed are"),
    });
  });
});
