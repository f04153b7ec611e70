import { JsonSchema } from './JsonSchema';

const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';

/** A DNS-1123 label of at most `maxLength` characters. @internal */
export function dnsLabel(maxLength: number): JsonSchema {
  return {
    type: 'string',
    maxLength,
    pattern: `^${LABEL}$`,
    description: `a DNS-1123 label: at most ${maxLength} of a-z, 0-9 and "-", a letter or digit first and last`,
  };
}

/** A DNS-1123 subdomain, such as `geo.us.tx`; the catalog allows no more than 63 characters. @internal */
export const dnsSubdomain: JsonSchema = {
  type: 'string',
  maxLength: 63,
  pattern: `^${LABEL}(?:\\.${LABEL})*$`,
  description:
    'a DNS-1123 subdomain: at most 63 of a-z, 0-9, "-" and ".", a letter or digit first and last in each part',
};

const notReserved: JsonSchema = {
  not: { pattern: '^(?:default|flux-system|argocd|cluster-values|kube-.*)$' },
  description:
    'a name that is not reserved (default, kube-*, flux-system, argocd, cluster-values)',
};

/** A DNS-1123 label that may become a path, a Kubernetes name and a Flux object. @internal */
export function entityName(maxLength: number): JsonSchema {
  return { type: 'string', allOf: [dnsLabel(maxLength), notReserved] };
}

/** The name of a cluster. @internal */
export const clusterName = entityName(63);

/** The name of a namespace. Flux writes `ns-<name>` into a label, which takes 63 characters. @internal */
export const namespaceName = entityName(60);

/** The name of an application. Flux writes `app-<name>` into a label, which takes 63 characters. @internal */
export const applicationName = entityName(59);

/** One line of text for people. @internal */
export function text(maxLength: number): JsonSchema {
  return {
    type: 'string',
    minLength: 1,
    maxLength,
    description: `a text of 1 to ${maxLength} characters`,
  };
}

/** A word that labels and placeholders can carry, such as an environment. @internal */
export const word: JsonSchema = {
  type: 'string',
  maxLength: 63,
  pattern: '^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$',
  description:
    'a word: at most 63 letters, digits, "-", "_" and ".", a letter or digit first and last',
};

/** A version; it becomes a folder. @internal */
export const version: JsonSchema = {
  type: 'string',
  maxLength: 63,
  pattern: '^[A-Za-z0-9](?:[A-Za-z0-9._+-]*[A-Za-z0-9])?$',
  description:
    'a version in quotes: at most 63 letters, digits, ".", "_", "+" and "-", a letter or digit first and last',
};

/** A reference to another catalog entity. @internal */
export function entityRef(example: string): JsonSchema {
  return {
    type: 'string',
    maxLength: 200,
    pattern:
      '^(?:[A-Za-z][A-Za-z0-9]*:)?(?:[a-z0-9][-a-z0-9]*/)?[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$',
    description: `an entity reference such as ${example}`,
  };
}

/** A path relative to the file that holds the entity. Who reads it keeps it inside of its repository. @internal */
export const relativePath: JsonSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 512,
  pattern: '^(?![/~])[^\\u0000-\\u001f\\\\:]+$',
  description:
    'a path relative to this file, such as ./apps/imdb: not absolute, no "\\", no ":"',
};

/** The address of a Git repository, without credentials. Which hosts may be asked is a matter of configuration. @internal */
export const repositoryUrl: JsonSchema = {
  type: 'string',
  maxLength: 500,
  pattern:
    '^https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~+%-]+)+/?$',
  description:
    'the address of a Git repository such as https://git.example.com/team/app: https or http, no credentials, no query',
};

/** A branch, a tag or a commit. @internal */
export const gitRevision: JsonSchema = {
  type: 'string',
  maxLength: 200,
  pattern:
    '^(?!.*(?:\\.\\.|//|\\.lock(?:/|$)))[A-Za-z0-9](?:[A-Za-z0-9._/+-]*[A-Za-z0-9])?$',
  description: 'a branch, a tag, or a commit of 40 hexadecimal digits',
};

const OCI_NAME = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';

/** A repository of a registry, without tag and digest. @internal */
export const ociRepository: JsonSchema = {
  type: 'string',
  maxLength: 300,
  pattern: `^oci://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/${OCI_NAME})+$`,
  description:
    'a repository of a registry such as oci://registry.example.com/team/app: lower-case, no credentials, no tag, no digest',
};

/** Where Helm charts are: an address with an index, or a registry. @internal */
export const chartRepository: JsonSchema = {
  type: 'string',
  maxLength: 300,
  pattern: `^(?:https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~+%-]+)*/?|oci://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/${OCI_NAME})*)$`,
  description:
    'a repository of Helm charts such as https://charts.example.com or oci://registry.example.com/charts: no credentials, no query',
};

/** The name of a Helm chart. @internal */
export const chartName: JsonSchema = {
  type: 'string',
  maxLength: 100,
  pattern: '^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$',
  description: 'the name of a Helm chart: a-z, 0-9, ".", "_" and "-"',
};

/** The version of a Helm chart, which is one version and no range. @internal */
export const chartVersion: JsonSchema = {
  type: 'string',
  maxLength: 63,
  pattern:
    '^v?[0-9]+\\.[0-9]+\\.[0-9]+(?:-[A-Za-z0-9.-]+)?(?:\\+[A-Za-z0-9.-]+)?$',
  description: 'one exact version by SemVer, such as 1.4.2, and no range',
};

/** A tag of a registry. @internal */
export const ociTag: JsonSchema = {
  type: 'string',
  maxLength: 128,
  pattern: '^[A-Za-z0-9_][A-Za-z0-9._-]*$',
  description: 'a tag: letters, digits, "_", "." and "-"',
};

/** A digest of a registry. @internal */
export const ociDigest: JsonSchema = {
  type: 'string',
  pattern: '^sha256:[0-9a-f]{64}$',
  description: 'a digest such as sha256: and 64 hexadecimal digits',
};

/** A list of distinct entries. @internal */
export function list(
  items: JsonSchema,
  maxItems: number,
  minItems = 0,
): JsonSchema {
  return { type: 'array', items, maxItems, minItems, uniqueItems: true };
}
