import { ConfigFile } from '../config/ConfigFile';
import { checkServer } from '../config/checkServer';
import { Context } from '../config/Context';
import { knownContext } from '../config/knownContext';
import { checkToken, readTokenFile } from '../config/readToken';
import { Call } from '../commands/Command';
import { UsageError } from '../UsageError';

/** Which server is asked, and with which token. @internal */
export interface Server {
  readonly url: string;
  readonly token?: string;
}

/**
 * The server that a call means: `--server` or RESEDGE_SERVER, else that of a context. The token of a context goes to the
 * server of that context alone.
 *
 * @throws UsageError where none is meant, or its token cannot be read
 * @internal
 */
export function serverOf({
  options,
  streams,
}: Pick<Call, 'options' | 'streams'>): Server {
  const { env } = streams;
  const server = options.server ?? (env.RESEDGE_SERVER || undefined);
  if (server !== undefined && options.context !== undefined)
    throw new UsageError('give a server or --context, not both');
  const context =
    server === undefined
      ? contextOf(ConfigFile.of(streams), options.context)
      : undefined;
  return {
    url:
      context?.server ??
      checkServer(server!, options.server ? '--server' : 'RESEDGE_SERVER'),
    token: tokenOf(options.tokenFile, env.RESEDGE_TOKEN, context),
  };
}

function contextOf(file: ConfigFile, asked: string | undefined): Context {
  const config = file.read();
  const name = asked ?? config.currentContext;
  if (name === undefined) {
    throw new UsageError(
      'no server is known: resedge config set-context NAME --server URL, or give --server or RESEDGE_SERVER',
    );
  }
  return knownContext(config, name);
}

function tokenOf(
  file: string | undefined,
  variable: string | undefined,
  context: Context | undefined,
): string | undefined {
  if (file !== undefined) return readTokenFile(file);
  if (variable) return checkToken(variable, 'RESEDGE_TOKEN');
  if (context?.token)
    return checkToken(context.token, `the context '${context.name}'`);
  return context?.tokenFile ? readTokenFile(context.tokenFile) : undefined;
}
