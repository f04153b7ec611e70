import { createHash } from 'node:crypto';

const RANGE = 2 ** 32;

/**
 * A number from 0 up to 1 that belongs to these words and to nothing else: whoever asks twice gets the same, in whatever order.
 *
 * @public
 */
export function chance(seed: number, ...words: (string | number)[]): number {
  const digest = createHash('sha256')
    .update([seed, ...words].join('\0'))
    .digest();
  return digest.readUInt32BE(0) / RANGE;
}
