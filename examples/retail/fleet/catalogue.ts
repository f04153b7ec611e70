import type {
  ApplicationOverride,
  Selector,
  Values,
} from '@res-edge/backstage-plugin-res-edge-common';
import type { TemplateName } from './templates.ts';

/** An application in short. */
export interface ApplicationOutline {
  from: TemplateName;
  version?: string;
  addon?: true;
  priority?: number;
  needs?: string[];
  requires?: string[];
  labels?: Record<string, string>;
  values?: Values;
  overrides?: ApplicationOverride[];
}

/** A namespace in short, with its applications. */
export interface NamespaceOutline {
  title: string;
  owner: string;
  unit: string;
  selector: Selector;
  /** Added to the priority of each of its applications. */
  priority: number;
  open?: true;
  /** In place of one that all its applications fit into. */
  quota?: { cpu: string; memory: string };
  applications: Record<string, ApplicationOutline>;
}
