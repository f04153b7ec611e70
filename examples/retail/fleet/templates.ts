import type { Values } from '@res-edge/backstage-plugin-res-edge-common';

/** A kustomize source below apps/ that many applications share; its requests are what its manifests say. */
export interface Template {
  cpu: string;
  memory: string;
  storage?: string;
  /** What its placeholders want of each application, beside an image. */
  values?: Values;
}

export const TEMPLATES = {
  'web-service': { cpu: '60m', memory: '96Mi', values: { logLevel: 'warn' } },
  worker: { cpu: '40m', memory: '64Mi', values: { queue: 'default' } },
  cache: { cpu: '50m', memory: '128Mi', values: { maxMemory: '96mb' } },
  database: {
    cpu: '150m',
    memory: '256Mi',
    storage: '2Gi',
    values: { backup: 'nightly' },
  },
  agent: { cpu: '20m', memory: '32Mi', values: { interval: '30' } },
  'device-bridge': { cpu: '30m', memory: '48Mi', values: { protocol: 'mqtt' } },
  screen: { cpu: '80m', memory: '128Mi', values: { theme: 'daylight' } },
  gateway: { cpu: '100m', memory: '96Mi' },
  'scheduled-job': {
    cpu: '20m',
    memory: '64Mi',
    values: { schedule: '30 3 * * *' },
  },
  exporter: { cpu: '10m', memory: '24Mi' },
  inference: { cpu: '1500m', memory: '2Gi', values: { model: 'base' } },
  sync: { cpu: '30m', memory: '64Mi', values: { direction: 'both' } },
} satisfies Record<string, Template>;

/** The name of a folder below apps/. */
export type TemplateName = keyof typeof TEMPLATES;
