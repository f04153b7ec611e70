import { Option } from 'commander';
import path from 'node:path';
import { checkServer } from '../../config/checkServer';
import { ConfigFile } from '../../config/ConfigFile';
import { checkToken, readTokenFile } from '../../config/readToken';
import { readStdin } from '../../terminal/readStdin';
import { writeTo } from '../../terminal/Streams';
import { printable } from '../../terminal/table';
import { UsageError } from '../../UsageError';
import { Call, Command } from '../Command';

/** `resedge config set-context NAME`. @internal */
export const configSetContext: Command = {
  name: 'config set-context',
  usages: [['NAME']],
  outputs: [],
  options: [
    new Option('--server <url>', 'the address of the Backstage backend'),
    new Option(
      '--token-file <file>',
      'read the token from this file each time it is needed',
    ),
    new Option(
      '--token-stdin',
      'keep the token that comes on standard input',
    ).conflicts('tokenFile'),
  ],
  summary: 'add a server under a name, or change one',
  description: `
The first one becomes the current context. A token is a Backstage token; it is
kept in the configuration file, which its owner alone can read, or in a file of
its own. Where the server changes, a token that was kept is forgotten.`,
  examples: [
    'resedge config set-context prod --server https://backstage.example.com',
    'resedge config set-context prod --token-file ~/.secrets/backstage-token',
    'pass show backstage | resedge config set-context prod --token-stdin',
  ],
  async run({ positionals: [name], options, streams }: Call) {
    const file = ConfigFile.of(streams);
    const { contexts, currentContext = name } = file.read();
    const before = contexts.find(each => each.name === name);
    const given = options.server ?? before?.server;
    if (given === undefined) {
      throw new UsageError(
        `there is no context '${name}' yet: a new one needs --server URL`,
      );
    }
    const server = checkServer(given, '--server');
    const kept = before?.server === server ? before : undefined;
    const next = {
      name,
      server,
      ...(await tokenOf(options, streams.stdin, kept)),
    };
    file.write({
      currentContext,
      contexts: before
        ? contexts.map(each => (each === before ? next : each))
        : [...contexts, next],
    });
    const what = before ? 'changed' : 'added';
    await writeTo(
      streams.stdout,
      printable(`context '${name}' ${what} in ${file.location}`).concat('\n'),
    );
    return 0;
  },
};

async function tokenOf(
  { tokenFile, tokenStdin }: Call['options'],
  stdin: Call['streams']['stdin'],
  kept: { token?: string; tokenFile?: string } | undefined,
): Promise<{ token?: string; tokenFile?: string }> {
  if (tokenFile !== undefined) {
    readTokenFile(tokenFile);
    return { tokenFile: path.resolve(tokenFile) };
  }
  if (tokenStdin)
    return { token: checkToken(await readStdin(stdin), 'standard input') };
  return { token: kept?.token, tokenFile: kept?.tokenFile };
}
