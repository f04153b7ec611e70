/** What polling knows of the source of an application. @internal */
export interface SourcePollRecord {
  readonly application: string;
  /** Digest of what is polled: what is found of another source is nothing of this one. */
  readonly source: string;
  /** The newest version in the range, as the source names it. */
  readonly found?: string;
  /** These in ISO 8601. */
  readonly foundAt?: string;
  readonly polledAt: string;
  /** It is not polled before. */
  readonly nextAt: string;
  /** In a row. */
  readonly failures: number;
  /** Why the last time failed. */
  readonly error?: string;
}

/** Keeps what polling found: any replica proposes it. @internal */
export interface SourcePollStore {
  list(): Promise<SourcePollRecord[]>;
  /** Replaces what was known of the application. */
  save(record: SourcePollRecord): Promise<void>;
  /** Forgets all other applications. */
  keepOnly(applications: ReadonlySet<string>): Promise<void>;
}
