/** A server, and who asks it. @internal */
export interface Context {
  readonly name: string;
  /** The Backstage backend: `https://backstage.example.com`. */
  readonly server: string;
  /** A Backstage token. */
  readonly token?: string;
  /** A file with a Backstage token, read each time. */
  readonly tokenFile?: string;
}

/** What the configuration file holds. @internal */
export interface CliConfig {
  readonly currentContext?: string;
  readonly contexts: readonly Context[];
}
