import {
  ApplicationReport,
  ReportedCondition,
} from '@res-edge/backstage-plugin-res-edge-engine';

/** Where nothing was reported there is 0. */
const CONDITIONS: readonly (ReportedCondition | undefined)[] = [
  undefined,
  'healthy',
  'progressing',
  'failed',
  'removed',
];
const HEALTHY = CONDITIONS.indexOf('healthy');
const FAILED = CONDITIONS.indexOf('failed');
const MILLISECONDS = 1000;

/**
 * What all clusters report of one application: nine bytes for each, whatever comes. Times are of whole seconds, as in
 * events of Kubernetes.
 *
 * @internal
 */
export class ReportColumn {
  #version = 0;
  #revisions = new Uint32Array(0);
  #conditions = new Uint8Array(0);
  #seconds = new Uint32Array(0);
  /** Of the few that fail. */
  readonly #messages = new Map<number, string>();

  /** @param names - what revisions are called, by the numbers that stand for them; shared by all columns */
  constructor(private readonly names: RevisionNames) {}

  /** Another one whenever a revision or a condition is another one. */
  get version(): number {
    return this.#version;
  }

  get(slot: number): ApplicationReport | undefined {
    const condition = CONDITIONS[this.#conditions[slot] ?? 0];
    if (!condition) return undefined;
    const message = this.#messages.get(slot);
    return {
      revision: this.names.name(this.#revisions[slot]),
      condition,
      at: this.#seconds[slot] * MILLISECONDS,
      ...(message !== undefined && { message }),
    };
  }

  /** The number of the revision that a report is about; meaningless where there is none. */
  revisionAt(slot: number): number {
    return this.#revisions[slot];
  }

  /** Whether a report says that; faster than to get it. */
  isHealthy(slot: number): boolean {
    return this.#conditions[slot] === HEALTHY;
  }

  isFailed(slot: number): boolean {
    return this.#conditions[slot] === FAILED;
  }

  /** What stands for a revision; undefined where no report is about it. */
  numberOf(revision: string): number | undefined {
    return this.names.numberOf(revision);
  }

  set(slot: number, { revision, condition, at, message }: ApplicationReport) {
    if (slot >= this.#conditions.length) this.grow(slot + 1);
    const number = this.names.take(revision);
    const code = CONDITIONS.indexOf(condition);
    if (this.#conditions[slot] !== code || this.#revisions[slot] !== number)
      this.#version++;
    this.release(slot);
    this.#revisions[slot] = number;
    this.#conditions[slot] = code;
    this.#seconds[slot] = Math.floor(at / MILLISECONDS);
    if (message === undefined) this.#messages.delete(slot);
    else this.#messages.set(slot, message);
  }

  delete(slot: number) {
    if (slot >= this.#conditions.length) return;
    this.#version++;
    this.release(slot);
    this.#conditions[slot] = 0;
    this.#messages.delete(slot);
  }

  private release(slot: number) {
    if (this.#conditions[slot]) this.names.release(this.#revisions[slot]);
  }

  private grow(size: number) {
    const length = Math.max(64, size + (size >>> 1));
    const grown = <T extends Uint8Array | Uint32Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.#revisions = grown(this.#revisions, new Uint32Array(length));
    this.#conditions = grown(this.#conditions, new Uint8Array(length));
    this.#seconds = grown(this.#seconds, new Uint32Array(length));
  }
}

/** Numbers for the names of revisions, which are few and the same on many clusters. What is no longer used is forgotten. @internal */
export class RevisionNames {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #uses: number[] = [];
  readonly #free: number[] = [];

  name(number: number): string {
    return this.#names[number];
  }

  /** The number of a name that is in use. */
  numberOf(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  /** The number of a name, for one more use of it. */
  take(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.#free.pop() ?? this.#names.length;
      this.#numbers.set(name, number);
      this.#names[number] = name;
      this.#uses[number] = 0;
    }
    this.#uses[number]++;
    return number;
  }

  release(number: number): void {
    if (--this.#uses[number] > 0) return;
    this.#numbers.delete(this.#names[number]);
    this.#free.push(number);
  }

  get size(): number {
    return this.#numbers.size;
  }
}
