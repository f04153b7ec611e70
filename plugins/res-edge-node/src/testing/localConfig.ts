import { ManifestBuilder } from '../ManifestBuilder';

const LOCAL = 'config.kubernetes.io/local-config: "true"';

/** A build that works only where replacements see a local ConfigMap that a component brings. */
const PROBE = new Map([
  [
    'kustomization.yaml',
    `components: [values]
resources: [target.yaml]
replacements:
  - source: { kind: ConfigMap, name: values, fieldPath: data.key }
    targets: [{ select: { name: target }, fieldPaths: [data.key] }]
`,
  ],
  [
    'target.yaml',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: target }\ndata: { key: dummy }\n',
  ],
  [
    'values/kustomization.yaml',
    `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
configMapGenerator:
  - name: values
    literals: [key=value]
    options: { disableNameSuffixHash: true, annotations: { ${LOCAL} } }
`,
  ],
]);

const seen = new WeakMap<ManifestBuilder, Promise<boolean>>();

/**
 * Whether a kustomize sees local ConfigMaps of components, as versions 5 do that Flux and Argo CD have. Tests with an
 * older one take the mark away instead, and the ConfigMap out of the result.
 *
 * @internal
 */
export function seesLocalConfig(builder: ManifestBuilder): Promise<boolean> {
  let result = seen.get(builder);
  if (!result) {
    result = builder.build(PROBE).then(
      () => true,
      () => false,
    );
    seen.set(builder, result);
  }
  return result;
}

/** The values of a cluster without the mark that they are local. @internal */
export function withoutLocalMark(values: string | Uint8Array): string {
  return Buffer.from(values).toString().replace(LOCAL, 'test: ""');
}
