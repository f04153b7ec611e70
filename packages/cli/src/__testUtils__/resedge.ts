import { runCommandLine } from '../runCommandLine';

/** Carries out a command in this process. */
export async function resedge(...args: string[]) {
  const written = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof written) => ({
    write(text: string) {
      written[name] += text;
      return true;
    },
    once: () => undefined,
  });
  const streams = { stdout: stream('stdout'), stderr: stream('stderr') };
  const status = await runCommandLine(args, streams);
  return {
    status,
    ...written,
    json: () => JSON.parse(written.stdout),
  };
}
