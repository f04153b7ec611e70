import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const SECRET_NAME = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

/**
 * The name of a Secret of Kubernetes; undefined where none is configured.
 *
 * @throws InputError with the key, where it is no name
 * @internal
 */
export function readSecretName(
  config: Config,
  key: string,
): string | undefined {
  const secret = config.getOptionalString(key);
  if (secret !== undefined && !SECRET_NAME.test(secret)) {
    throw new InputError(
      `${key}: ${JSON.stringify(
        secret,
      )} is no name of a Secret; it is the name, not what is in it`,
    );
  }
  return secret;
}
