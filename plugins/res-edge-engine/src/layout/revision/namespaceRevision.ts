import { InputError } from '@backstage/errors';
import { FileMap, GitOpsEngine, NamespaceDecision } from '../../model';
import { filesBelow } from '../format/paths';
import { AddonAccount, addonAccess, addonAccount } from './addonAccess';
import { namespaceFiles } from './engineFiles';
import { kustomization } from './fluxKustomization';
import { createRevision, Revision } from './Revision';

/**
 * A namespace's objects with what delivers them, which is applied by Flux or Argo CD itself; for Flux with the stage for
 * which its applications wait if it has add-ons, and with the accounts of add-ons that need their own.
 *
 * @internal
 */
export function namespaceRevision(
  main: FileMap,
  { entity, digest }: NamespaceDecision,
  engine: GitOpsEngine,
  addons: boolean,
  accounts: readonly AddonAccount[] = [],
): Revision {
  const { name } = entity.metadata;
  const folder = `namespaces/${name}`;
  const manifests = filesBelow(main, `${folder}/versions/${digest}`);
  if (manifests.size === 0) {
    throw new InputError(`main has no files in ${folder}/versions/${digest}`);
  }
  return createRevision(folder, new Map(), path => {
    const files = new Map<string, string | Uint8Array>(
      namespaceFiles(engine, name, path, addons, accounts),
    );
    const objects = new Map(manifests);
    for (const account of accounts) {
      const file = `${addonAccount(account.application)}.yaml`;
      objects.set(file, addonAccess(account, name, engine));
    }
    for (const [file, content] of objects) {
      files.set(`manifests/${file}`, content);
    }
    files.set(
      'manifests/kustomization.yaml',
      kustomization([...objects.keys()].sort()),
    );
    return files;
  });
}
