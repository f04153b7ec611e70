import { InputError } from '@backstage/errors';
import { FileMap, NamespaceDecision } from '../../model';
import { filesBelow } from '../format/paths';
import { toYaml } from '../format/toYaml';
import {
  fluxKustomization,
  fluxNames,
  kustomization,
} from './fluxKustomization';
import { createRevision, Revision } from './Revision';

/**
 * A namespace's objects with their Flux Kustomization, which is applied by Flux itself, and the stage for which its
 * applications wait if it has add-ons.
 *
 * @internal
 */
export function namespaceRevision(
  main: FileMap,
  { entity, digest }: NamespaceDecision,
  addons: boolean,
): Revision {
  const { name } = entity.metadata;
  const folder = `namespaces/${name}`;
  const manifests = filesBelow(main, `${folder}/versions/${digest}`);
  if (manifests.size === 0) {
    throw new InputError(`main has no files in ${folder}/versions/${digest}`);
  }
  return createRevision(folder, new Map(), path => {
    const files = new Map<string, string | Uint8Array>();
    for (const [file, content] of manifests) {
      files.set(`manifests/${file}`, content);
    }
    files.set(
      'manifests/kustomization.yaml',
      kustomization([...manifests.keys()].sort()),
    );
    const flux = `${fluxNames.namespace(name)}.yaml`;
    const stage = `${fluxNames.addons(name)}.yaml`;
    files.set(
      `flux/${flux}`,
      fluxKustomization({
        name: fluxNames.namespace(name),
        path: `${path}/manifests`,
      }),
    );
    if (addons) {
      // It applies nothing: each cluster's bill says on which add-ons it depends there.
      files.set(
        `flux/${stage}`,
        fluxKustomization({
          name: fluxNames.addons(name),
          path: `${path}/stage`,
          dependsOn: [fluxNames.namespace(name)],
          account: fluxNames.namespace(name),
        }),
      );
      files.set(
        'stage/kustomization.yaml',
        toYaml({
          apiVersion: 'kustomize.config.k8s.io/v1beta1',
          kind: 'Kustomization',
          namespace: name,
        }),
      );
    }
    files.set(
      'flux/kustomization.yaml',
      kustomization(addons ? [stage, flux] : [flux]),
    );
    return files;
  });
}
