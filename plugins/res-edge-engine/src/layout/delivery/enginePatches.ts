import { GitOpsEngine } from '../../model';
import {
  ARGO_CD_GROUP,
  ARGO_CD_NAMESPACE,
  SYNC_WAVE,
} from '../revision/argoCd';
import { deliveryNames } from '../revision/engineFiles';
import {
  FLUX_GROUP,
  FLUX_NAMESPACE,
  fluxNames,
} from '../revision/fluxKustomization';

/** What of each engine the patches of a bill change. */
const TARGETS = {
  flux: {
    group: FLUX_GROUP,
    kind: 'Kustomization',
    namespace: FLUX_NAMESPACE,
    components: '/spec/components',
  },
  argocd: {
    group: ARGO_CD_GROUP,
    kind: 'Application',
    namespace: ARGO_CD_NAMESPACE,
    components: '/spec/source/kustomize/components',
  },
};
const KIND = /^ {6}kind: (Kustomization|Application)$/m;

/** Lines that patch what delivers on a cluster. @internal */
export interface EnginePatches {
  /** Gives all builds the first of their components, the path of which is the next line. */
  readonly firstComponent: readonly string[];
  /** Gives the build of one application one more component. */
  component(application: string, path: string): readonly string[];
  /** Says on which add-ons the stages of namespaces wait, in Flux. */
  stages(addons: ReadonlyMap<string, readonly string[]>): readonly string[];
  /** Says what comes later, in Argo CD. */
  waves(waves: ReadonlyMap<number, readonly string[]>): readonly string[];
}

/** How a bill patches what the engine reads. @internal */
export function enginePatches(engine: GitOpsEngine): EnginePatches {
  const { group, kind, namespace, components } = TARGETS[engine];
  const patch = (name: string, operations: readonly string[]): string[] => [
    '  - target:',
    `      group: ${group}`,
    `      kind: ${kind}`,
    `      name: ${name}`,
    `      namespace: ${namespace}`,
    '    patch: |',
    ...operations.map(line => `      ${line}`),
  ];
  return {
    firstComponent: patch('(app|ns)-.+', [
      '- op: add',
      `  path: ${components}`,
      '  value:',
    ]),
    component: (application, path) =>
      patch(deliveryNames.application(application), [
        '- op: add',
        `  path: ${components}/-`,
        `  value: ${path}`,
      ]),
    stages: addons =>
      [...addons].flatMap(([name, applications]) =>
        patch(
          fluxNames.addons(name),
          applications.flatMap(application => [
            '- op: add',
            '  path: /spec/dependsOn/-',
            `  value: { name: ${deliveryNames.application(application)} }`,
          ]),
        ),
      ),
    waves: waves =>
      [...waves].flatMap(([wave, applications]) =>
        patch(`app-(${applications.join('|')})`, [
          '- op: replace',
          `  path: /metadata/annotations/${SYNC_WAVE.replace('/', '~1')}`,
          `  value: "${wave}"`,
        ]),
      ),
  };
}

/** For which engine a bill is written. @internal */
export function engineOf(text: string): GitOpsEngine {
  return KIND.exec(text)?.[1] === TARGETS.argocd.kind ? 'argocd' : 'flux';
}
