import {
  ApplicationSelector,
  EdgeApplicationEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { ClusterCalendar } from '../calendar';
import { matchesApplication } from '../decide/prohibitions';

/** What changes: an application, or what is delivered of a namespace itself. @public */
export type HoldSubject =
  | { readonly application: EdgeApplicationEntity }
  | { readonly namespace: string };

/** From a time until another, in milliseconds since 1970. @internal */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** Applications and clusters; what is left out is all. @internal */
export interface HoldScope {
  readonly applications?: ApplicationSelector;
  readonly clusters?: Bitmap;
}

/** A window or a freeze as it holds changes back. @internal */
export interface HoldRule {
  /** The policy's name. */
  readonly policy: string;
  readonly reason: string;
  /** The namespaces that name it; a freeze concerns all. */
  readonly namespaces?: ReadonlySet<string>;
  readonly scope: HoldScope;
  /** What of its scope it does not hold. */
  readonly exceptions: readonly HoldScope[];
  /**
   * Until when it holds a change back that could come at `at`, in milliseconds since 1970: `Infinity` where no end is
   * known, undefined where it does not.
   */
  heldUntil(calendar: ClusterCalendar, at: number): number | undefined;
  /** Until when it goes on to hold back, or not to, as it does at `at`; what is later may be the same. */
  steadyUntil(calendar: ClusterCalendar, at: number): number;
  /** Of a freeze that can be read. */
  period?(calendar: ClusterCalendar): Period;
}

/** A policy of type override, as it lifts rules for a while. @internal */
export interface HoldLift {
  /** The policy's name. */
  readonly policy: string;
  /** What it lifts. */
  readonly policies: ReadonlySet<string>;
  readonly scope: HoldScope;
  /** Until when it lifts, as {@link HoldRule.heldUntil}. */
  heldUntil: HoldRule['heldUntil'];
  steadyUntil: HoldRule['steadyUntil'];
  period(calendar: ClusterCalendar): Period;
}

/** The namespace of a subject; undefined where an application has none. @internal */
export function namespaceOf(subject: HoldSubject): string | undefined {
  return 'namespace' in subject
    ? subject.namespace
    : subject.application.spec.namespace;
}

/**
 * Whether a scope can concern a subject, on whichever clusters.
 *
 * @param subject - all at once, where it is left out
 * @internal
 */
export function concerns(
  { applications }: HoldScope,
  subject: HoldSubject | undefined,
): boolean {
  if (!applications) return true;
  return (
    subject !== undefined &&
    'application' in subject &&
    matchesApplication(applications, subject.application)
  );
}
