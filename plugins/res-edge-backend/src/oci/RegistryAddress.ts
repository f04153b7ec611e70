import { InputError } from '@backstage/errors';

/** A host, with a port where it has one, and below it repositories: `oci://registry.example.com/fleet`. */
const ADDRESS =
  /^oci:\/\/([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?|\[[0-9a-f:]+\](?::\d{1,5})?)\/([a-z0-9]+(?:(?:[._/]|__|-+)[a-z0-9]+)*)$/;

/** Where repositories are. @internal */
export interface RegistryAddress {
  /** With its port. */
  readonly host: string;
  /** What the names of all repositories begin with. */
  readonly path: string;
}

/** @throws InputError where it is none; it is not repeated, because it may hold a password @internal */
export function parseRegistryAddress(text: string): RegistryAddress {
  const match = ADDRESS.exec(text);
  if (!match) {
    throw new InputError(
      'is no address of OCI repositories; allowed is oci://<host>/<path>, with a path in lower case and without credentials',
    );
  }
  return { host: match[1], path: match[2] };
}

/** As names of repositories begin. @internal */
export function formatRegistryAddress({ host, path }: RegistryAddress): string {
  return `${host}/${path}`;
}
