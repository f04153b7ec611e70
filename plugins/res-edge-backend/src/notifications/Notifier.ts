/** Something that people should hear of. @internal */
export interface Message {
  /** References of users and groups of the catalog. */
  readonly to: readonly string[];
  /** Who did it, and need not be told. */
  readonly except?: string;
  readonly title: string;
  readonly description?: string;
  /** A path of the portal. */
  readonly link: string;
  readonly severity: 'critical' | 'high' | 'normal' | 'low';
}

/** Tells people; that they cannot be told stops nothing. @internal */
export interface Notifier {
  tell(message: Message): Promise<void>;
}
