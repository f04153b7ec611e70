import type {
  EdgeApplicationEntity,
  EdgeNamespaceEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { BUSINESS_NAMESPACES } from './businessNamespaces.ts';
import type { ApplicationOutline, NamespaceOutline } from './catalogue.ts';
import { entity } from './entity.ts';
import { STORE_NAMESPACES } from './storeNamespaces.ts';
import { TEMPLATES } from './templates.ts';
import type { Template } from './templates.ts';

const OUTLINES = { ...STORE_NAMESPACES, ...BUSINESS_NAMESPACES };

function template({ from }: ApplicationOutline): Template {
  return TEMPLATES[from];
}

function titleOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replace(/-/g, ' ');
}

/** A quota that all applications fit into, and a quarter more. */
function roomyQuota(outline: NamespaceOutline) {
  const templates = Object.values(outline.applications).map(template);
  const milli = (cpu: string) => parseInt(cpu, 10);
  const mebi = (memory: string) =>
    parseInt(memory, 10) * (memory.endsWith('Gi') ? 1024 : 1);
  const sum = (of: (one: Template) => number) =>
    Math.ceil((templates.reduce((total, one) => total + of(one), 0) * 5) / 4);
  return {
    cpu: `${sum(one => milli(one.cpu))}m`,
    memory: `${sum(one => mebi(one.memory))}Mi`,
  };
}

/** The namespaces of the company. */
export function namespaces(): EdgeNamespaceEntity[] {
  return Object.entries(OUTLINES).map(([name, outline]) => {
    const heavy = Object.values(outline.applications).some(
      ({ from }) => from === 'inference',
    );
    return entity(
      'EdgeNamespace',
      { name, title: outline.title },
      {
        owner: `group:default/${outline.owner}`,
        businessUnit: outline.unit,
        environment: 'prod',
        selector: outline.selector,
        resources: {
          quota: outline.quota ?? roomyQuota(outline),
          limits: heavy
            ? { cpu: '2', memory: '4Gi' }
            : { cpu: '500m', memory: '512Mi' },
        },
        isolation: 'baseline',
        accepts: outline.open
          ? {
              owners: [
                `group:default/${outline.owner}`,
                'group:default/data-team',
              ],
            }
          : undefined,
      },
    );
  });
}

// Services are reached from outside of the cluster by a port of the node, which is one application's alone.
function nodePorts(): Map<string, string> {
  const names = Object.values(OUTLINES).flatMap(outline =>
    Object.keys(outline.applications).filter(
      name => outline.applications[name].from === 'gateway',
    ),
  );
  return new Map(names.map((name, index) => [name, `${30101 + index}`]));
}

/** The applications of the company, on a dozen sources. */
export function applications(): EdgeApplicationEntity[] {
  const ports = nodePorts();
  return Object.entries(OUTLINES).flatMap(([namespace, outline]) =>
    Object.entries(outline.applications).map(([name, one]) => {
      const { cpu, memory, storage, values } = template(one);
      const version = one.version ?? '1.4.0';
      return entity(
        'EdgeApplication',
        {
          name,
          title: titleOf(name),
          labels: { template: one.from, ...one.labels },
        },
        {
          owner: `group:default/${outline.owner}`,
          type: one.addon ? 'addon' : 'application',
          namespace,
          source: { path: `./apps/${one.from}` },
          version,
          requests: storage ? { cpu, memory, storage } : { cpu, memory },
          priority: outline.priority + (one.priority ?? 0),
          requires: one.requires,
          dependsOn: one.needs,
          values: {
            image: `registry.example.com/retail/${name}:${version}`,
            ...values,
            ...(ports.has(name) ? { nodePort: ports.get(name)! } : {}),
            ...one.values,
          },
          overrides: one.overrides,
        },
      );
    }),
  );
}
