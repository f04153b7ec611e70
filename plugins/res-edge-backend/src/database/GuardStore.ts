import { NamedLosses } from '@res-edge/backstage-plugin-res-edge-engine';

/** What a person allowed to be taken away. @internal */
export interface SignOff {
  readonly actor: string;
  readonly at: Date;
  readonly reason?: string;
  readonly losses: NamedLosses;
  /** Reference and digest of a prohibition, all of whose losses are allowed with it. */
  readonly policy?: string;
}

/** What was taken away, and what people allowed to be. @internal */
export interface GuardStore {
  /** Remembers what is about to be taken away, without anybody's yes. */
  addLosses(losses: NamedLosses, at: Date): Promise<void>;

  /** What was taken away after that time. */
  recentLosses(since: Date): Promise<NamedLosses>;

  /** Forgets what was taken away up to that time. */
  expireLosses(until: Date): Promise<void>;

  /** Forgets what was taken away of these applications: somebody has seen it. */
  forgetLosses(applications: ReadonlySet<string>): Promise<void>;

  addSignOff(signOff: SignOff): Promise<void>;

  /** All that is allowed and not delivered yet. */
  signedOff(): Promise<NamedLosses>;

  /** Keeps of what is allowed only what would still be taken away: a yes holds once. */
  keepSignedOff(losses: NamedLosses): Promise<void>;

  /** The prohibitions that are answered, each with its digest. */
  policies(): Promise<ReadonlySet<string>>;
}
