import { runCommandLine } from '../runCommandLine';
import { Surroundings } from '../terminal/Streams';

/** Carries out a command in this process, with an empty environment and nothing on standard input. */
export function resedge(...args: string[]) {
  return resedgeWith({}, ...args);
}

/** Carries out a command in this process, with these variables of the environment, and `stdin` as standard input. */
export async function resedgeWith(
  { stdin = '', ...env }: Record<string, string>,
  ...args: string[]
) {
  const written = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof written) => ({
    write(text: string) {
      written[name] += text;
      return true;
    },
    once: () => undefined,
  });
  const surroundings: Surroundings = {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    stdin: (async function* read() {
      yield stdin;
    })(),
    env,
  };
  const status = await runCommandLine(args, surroundings);
  return {
    status,
    ...written,
    json: () => JSON.parse(written.stdout),
  };
}
