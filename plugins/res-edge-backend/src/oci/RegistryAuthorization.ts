import { readJson } from '../util/readBody';
import { RegistryError } from './RegistryError';

/** Who asks. @internal */
export interface RegistryCredentials {
  readonly username: string;
  readonly password: string;
}

/** What a token is asked for. @internal */
export type RegistryActions = 'pull' | 'pull,push' | 'pull,delete';

const MAX_ANSWER_BYTES = 100_000;
/** Tokens that are remembered: each is for one repository. */
const MAX_TOKENS = 1_000;
const PARAMETER = /([a-z_]+)="([^"]*)"/g;

/**
 * Answers what registries ask of who is unknown: `Basic` with the credentials, `Bearer` with a token for the repository. The
 * credentials go to the registry and to allowed hosts alone, and over an open line only where that is allowed.
 *
 * @internal
 */
export class RegistryAuthorization {
  #basic?: string;
  /** By repository, the oldest first. */
  readonly #tokens = new Map<string, string>();

  private constructor(
    private readonly options: {
      readonly host: string;
      readonly credentials?: RegistryCredentials;
      readonly actions: RegistryActions;
      /** Throws where tokens may not be asked for there. */
      readonly checkRealm: (url: URL) => void;
      readonly fetch: (url: URL, init: RequestInit) => Promise<Response>;
    },
  ) {}

  static create(
    options: RegistryAuthorization['options'],
  ): RegistryAuthorization {
    return new RegistryAuthorization(options);
  }

  /** What to send along; undefined where nothing was asked for yet. */
  headerFor(repository: string): string | undefined {
    return this.#basic ?? this.#tokens.get(repository);
  }

  /**
   * @param challenge - the registry's `WWW-Authenticate`
   * @returns whether there is something else to send now
   * @throws RegistryError where no token is given
   */
  async answer(challenge: string, repository: string): Promise<boolean> {
    const { credentials } = this.options;
    const before = this.headerFor(repository);
    const basic = credentials && basicHeader(credentials);
    if (/^basic\b/i.test(challenge)) this.#basic = basic;
    else if (/^bearer\b/i.test(challenge)) {
      const token = await this.tokenFor(challenge, repository, basic);
      const [oldest] = this.#tokens.keys();
      if (this.#tokens.size >= MAX_TOKENS) this.#tokens.delete(oldest);
      this.#tokens.set(repository, `Bearer ${token}`);
    }
    return this.headerFor(repository) !== before;
  }

  private async tokenFor(
    challenge: string,
    repository: string,
    authorization: string | undefined,
  ): Promise<string> {
    const parameters = new Map(
      [...challenge.matchAll(PARAMETER)].map(([, name, value]) => [
        name,
        value,
      ]),
    );
    const { host, actions, checkRealm } = this.options;
    const realm = parameters.get('realm') ?? '';
    if (!URL.canParse(realm)) {
      throw new RegistryError(`Token of ${host}`, undefined, 'realm is no URL');
    }
    const url = new URL(realm);
    checkRealm(url);
    const service = parameters.get('service');
    if (service !== undefined) url.searchParams.set('service', service);
    url.searchParams.set('scope', `repository:${repository}:${actions}`);
    const response = await this.options.fetch(url, {
      headers: authorization === undefined ? {} : { authorization },
    });
    const what = `GET ${url.origin}${url.pathname}`;
    if (!response.ok) {
      await response.body?.cancel();
      throw new RegistryError(what, response.status, 'no token is given');
    }
    const answer = await readJson(response, MAX_ANSWER_BYTES);
    const { token, access_token: other } = (answer ?? {}) as {
      token?: unknown;
      access_token?: unknown;
    };
    const given = token ?? other;
    if (typeof given !== 'string' || !/^[\x21-\x7e]+$/.test(given)) {
      throw new RegistryError(what, response.status, 'there is no token in it');
    }
    return given;
  }
}

function basicHeader({ username, password }: RegistryCredentials): string {
  const text = Buffer.from(`${username}:${password}`).toString('base64');
  return `Basic ${text}`;
}
