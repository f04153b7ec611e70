import { Bitmap } from '../../bitmap';

const SECOND = 1000;

/** When clusters are told to run a release. @public */
export class Arrivals {
  /** By number of a cluster: seconds from the beginning on, and one; zero for those that are not told. */
  readonly #seconds: Uint32Array;
  readonly #from: number;

  constructor(size: number, from: Date) {
    this.#seconds = new Uint32Array(size);
    this.#from = from.getTime();
  }

  /** @param time - in milliseconds since 1970 */
  note(clusters: Bitmap, time: number): void {
    const seconds = Math.round((time - this.#from) / SECOND) + 1;
    for (const cluster of clusters) this.#seconds[cluster] = seconds;
  }

  forget(clusters: Bitmap): void {
    for (const cluster of clusters) this.#seconds[cluster] = 0;
  }

  /** To the second; undefined where it is not told, or was before. */
  of(cluster: number): Date | undefined {
    const seconds = this.#seconds[cluster];
    return seconds > 0
      ? new Date(this.#from + (seconds - 1) * SECOND)
      : undefined;
  }
}
