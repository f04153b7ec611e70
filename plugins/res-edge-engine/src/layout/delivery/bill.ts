import {
  Bill,
  BillEntry,
  ComponentLine,
  GitOpsEngine,
  MovingApplication,
} from '../../model';
import { byCodeUnit } from '../format/digest';
import { ARGO_CD_NAMESPACE } from '../revision/argoCd';
import { engineOf, enginePatches } from './enginePatches';

/** What a bill is written from. @internal */
export interface BillContent extends Bill {
  /** The add-ons on the cluster, by namespace: its applications wait for them. */
  readonly addons: ReadonlyMap<string, readonly string[]>;
  /** Applications of the waves after the first, in Argo CD. */
  readonly waves?: ReadonlyMap<number, readonly string[]>;
}

/** From the folder of a build (`apps/x/revisions/y/manifests`) to the root. */
const FROM_MANIFESTS = '../../../../..';
/** What says that applications follow their namespace. */
const BY_NAMESPACE = 'its namespaces, each with its applications.';
const ENTRY =
  /^ {2}- \.\.\/\.\.\/(namespaces|apps)\/([A-Za-z0-9._-]+)\/revisions\/([0-9a-f]+)\/(?:flux|argocd)(?: # (?:leaves after ([^\s,]+)(?:, or without (\S+))?|(\S+)))?$/;
const MOVING =
  /^ {2}# apps\/([A-Za-z0-9._-]+) has left namespaces\/([A-Za-z0-9._-]+), and arrives after (\S+)$/;
const COMPONENT = /^ *(?:- |value: )(?:\.\.\/)+(groups\/\S+)$/;
const COMPONENT_PATH =
  /^groups\/([A-Za-z0-9._-]+)\/revisions\/([0-9a-f]+)\/[^/]+$/;
const PATCHED = /^ {6}name: (?:app-(\S+)|\S+)$/;

/** The text of a bill, but for the cluster's name. @internal */
export type BillTemplate = (cluster: string) => string;

/**
 * What one cluster is told to run, one revision a line: a page that a person can read.
 *
 * @internal
 */
export function billText({ cluster, ...content }: BillContent): string {
  return billTemplate(content)(cluster);
}

/** What {@link billText} gives for any cluster that is told to run the same. @internal */
export function billTemplate(
  content: Omit<BillContent, 'cluster'>,
): BillTemplate {
  const { namespaces, applications, components, addons } = content;
  const { moving = [], engine = 'flux', waves } = content;
  const patches = enginePatches(engine);
  const lines = [
    'apiVersion: kustomize.config.k8s.io/v1beta1',
    'kind: Kustomization',
  ];
  // What components of groups bring to the cluster's own build lives there too.
  if (engine === 'argocd') lines.push(`namespace: ${ARGO_CD_NAMESPACE}`);
  if (namespaces.length + applications.length > 0) lines.push('resources:');
  pushEntries(lines, engine, namespaces, applications);
  for (const { name, from, arrivesAfter } of moving) {
    lines.push(
      `  # apps/${name} has left namespaces/${from}, and arrives after ${arrivesAfter}`,
    );
  }
  const own = components.filter(component => !component.application);
  // The values first, so that the others can read them.
  if (own.length > 0) lines.push('components:', '  - values');
  for (const { path } of own) lines.push(`  - ../../${path}`);
  lines.push('patches:', ...patches.firstComponent);
  lines.push(`          - ${FROM_MANIFESTS}`);
  const before = lines.splice(0).join('\n');
  for (const { path, application } of components) {
    if (application === undefined) continue;
    const component = `${FROM_MANIFESTS}/${path}`;
    lines.push(...patches.component(application, component));
  }
  if (engine === 'flux') lines.push(...patches.stages(addons));
  else if (waves) lines.push(...patches.waves(waves));
  const after = lines.map(line => `${line}\n`).join('');
  return cluster =>
    `# The bill of ${cluster}: ${BY_NAMESPACE} Written by Res-Edge; what is changed here by hand is replaced.
${before}/clusters/${cluster}/values
${after}`;
}

/** Reads a bill back by its lines. @public */
export function parseBill(cluster: string, text: string): Bill {
  const namespaces: BillEntry[] = [];
  const applications: BillEntry[] = [];
  const components: ComponentLine[] = [];
  const moving: MovingApplication[] = [];
  const byNamespace = text.slice(0, text.indexOf('\n')).includes(BY_NAMESPACE);
  let namespace: string | undefined;
  let patched: string | undefined;
  for (const line of text.split('\n')) {
    const entry = ENTRY.exec(line);
    if (entry) {
      const [, kind, name, revision, leavesAfter, leaving, version] = entry;
      if (kind === 'namespaces') {
        if (byNamespace) namespace = name;
        namespaces.push(
          leavesAfter === undefined
            ? { name, revision }
            : {
                ...{ name, revision, leavesAfter },
                ...(leaving !== undefined && { leaving: leaving.split(',') }),
              },
        );
      } else applications.push({ name, revision, version, namespace });
      continue;
    }
    const moved = MOVING.exec(line);
    if (moved) {
      moving.push({ name: moved[1], from: moved[2], arrivesAfter: moved[3] });
      continue;
    }
    const name = PATCHED.exec(line);
    if (name) patched = name[1];
    const path = COMPONENT.exec(line)?.[1];
    if (path !== undefined && COMPONENT_PATH.test(path)) {
      components.push(
        patched === undefined ? { path } : { path, application: patched },
      );
    }
  }
  applications.sort((a, b) => byCodeUnit(a.name, b.name));
  const groups = groupsOf(components);
  const engine = engineOf(text);
  return {
    cluster,
    ...(engine !== 'flux' && { engine }),
    namespaces,
    applications,
    groups,
    components,
    ...(moving.length > 0 && { moving }),
  };
}

/** The group that a component is of; undefined where the path is no component's. @internal */
export function componentGroup(path: string): BillEntry | undefined {
  const match = COMPONENT_PATH.exec(path);
  return match ? { name: match[1], revision: match[2] } : undefined;
}

/** The groups of components, each once, in their order. @internal */
export function groupsOf(components: readonly ComponentLine[]): BillEntry[] {
  const groups = new Map<string, BillEntry>();
  for (const { path } of components) {
    const group = componentGroup(path);
    if (group) groups.set(group.name, group);
  }
  return [...groups.values()];
}

/** Each namespace with its applications; first those of which no namespace is known. */
function pushEntries(
  lines: string[],
  engine: GitOpsEngine,
  namespaces: readonly BillEntry[],
  applications: readonly BillEntry[],
) {
  const inside = new Map<string | undefined, string[]>([[undefined, []]]);
  for (const { name } of namespaces) inside.set(name, []);
  for (const entry of applications) {
    const list = inside.get(entry.namespace) ?? inside.get(undefined)!;
    list.push(entryLine('apps', engine, entry));
  }
  lines.push(...inside.get(undefined)!);
  for (const entry of namespaces) {
    lines.push(entryLine('namespaces', engine, entry));
    lines.push(...inside.get(entry.name)!);
  }
}

function entryLine(folder: string, engine: GitOpsEngine, entry: BillEntry) {
  const { name, revision, version, leavesAfter, leaving } = entry;
  const without = leaving ? `, or without ${leaving.join(',')}` : '';
  const text =
    leavesAfter === undefined
      ? version
      : `leaves after ${leavesAfter}${without}`;
  const comment = text === undefined ? '' : ` # ${text}`;
  return `  - ../../${folder}/${name}/revisions/${revision}/${engine}${comment}`;
}
