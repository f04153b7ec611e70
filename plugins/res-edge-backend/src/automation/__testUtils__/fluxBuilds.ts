import {
  BuiltObject,
  ManifestBuilder,
} from '@res-edge/backstage-plugin-res-edge-node';

/** Numbers below a limit that are the same in every run. */
export function seeded(seed: number): (limit: number) => number {
  let state = seed;
  return limit => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** By kind and name. */
export function sortedObjects(objects: readonly BuiltObject[]): BuiltObject[] {
  const keyOf = ({ kind, metadata }: BuiltObject) => `${kind}/${metadata.name}`;
  return [...objects].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** The folder of a revision. */
export const REVISION = /^(?:apps|namespaces)\/[^/]+\/revisions\/[^/]+\//;

/** Hands on only what a revision can reach, so that a build does not write a whole cluster to disk. */
export function reaching(builder: ManifestBuilder): ManifestBuilder {
  return {
    build: (files, folder = '') => {
      const own = REVISION.exec(`${folder}/`)?.[0];
      if (own === undefined) {
        const bill = [...files].filter(
          ([file]) => !(REVISION.test(file) && file.includes('/manifests/')),
        );
        return builder.build(new Map(bill), folder);
      }
      const reached = [...files].filter(
        ([file]) =>
          file.startsWith(own) ||
          file.startsWith('groups/') ||
          /^clusters\/[^/]+\/values\//.test(file),
      );
      return builder.build(new Map(reached), folder);
    },
  };
}
