import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { statusToken } from '@res-edge/backstage-plugin-res-edge-engine';
import { createHmac, timingSafeEqual } from 'node:crypto';

const MIN_LENGTH = 32;
const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

/**
 * The secrets of clusters, derived from the configured keys. While a key is replaced, the one before is still accepted.
 *
 * @internal
 */
export class StatusKeys {
  private constructor(private readonly keys: readonly string[]) {}

  /** @throws InputError where a key is too short */
  static fromConfig(config: Config): StatusKeys {
    const key = config.getOptionalString('resEdge.status.key');
    const before =
      config.getOptionalStringArray('resEdge.status.previousKeys') ?? [];
    if (key === undefined) return new StatusKeys([]);
    for (const each of [key, ...before]) {
      if (each.length < MIN_LENGTH) {
        throw new InputError(
          `resEdge.status.key and resEdge.status.previousKeys: a key has ${each.length} characters; at least ${MIN_LENGTH} are needed`,
        );
      }
    }
    return new StatusKeys([key, ...before]);
  }

  /** Without a key nothing is accepted. */
  get configured(): boolean {
    return this.keys.length > 0;
  }

  /** Whether the cluster signed the bytes: `sha256=<hexadecimal HMAC>`, as Flux does. */
  hasSigned(cluster: string, body: Uint8Array, signature: string): boolean {
    const digest = SIGNATURE.exec(signature)?.[1];
    return (
      digest !== undefined &&
      this.keys.some(key =>
        equal(
          createHmac('sha256', statusToken(key, cluster))
            .update(body)
            .digest('hex'),
          digest,
        ),
      )
    );
  }

  /** Whether that is the token of the cluster. */
  isToken(cluster: string, token: string): boolean {
    return this.keys.some(key => equal(statusToken(key, cluster), token));
  }
}

function equal(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
