import { InputError } from '@backstage/errors';

/**
 * Hands back a container image that will be the same one tomorrow.
 *
 * @throws InputError where it is missing, or names no version
 * @internal
 */
export function checkImage(image: string | undefined, folder: string): string {
  if (image === undefined) {
    throw new InputError(
      `image is missing: ${folder} has no kustomization.yaml yet, and its manifests need an image`,
    );
  }
  const version =
    /^[^\s:@]+(?::\d+\/[^\s:@]+)?(?:@sha256:[0-9a-f]{64}|:([\w.-]+)(?:@sha256:[0-9a-f]{64})?)$/.exec(
      image,
    );
  if (!version || version[1] === 'latest') {
    throw new InputError(
      `image is ${JSON.stringify(
        image,
      )}, and must end in a tag other than latest, or in a digest`,
    );
  }
  return image;
}
