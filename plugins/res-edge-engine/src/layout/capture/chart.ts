import { InputError } from '@backstage/errors';
import {
  EdgeApplicationEntity,
  HelmSource,
} from '@res-edge/backstage-plugin-res-edge-common';
import { FileMap } from '../../model';
import { isMapping } from '../format/parseYaml';
import { toYaml } from '../format/toYaml';
import { hasPlaceholder } from './placeholder';
import { sizeProblems } from './objectSize';
import { ClusterPlace, Manifest, placeOf } from './substitute';

/** The group of objects that are Res-Edge's own; no source brings any. @internal */
export const OWN_GROUP = 'res-edge.io';
const API_VERSION = `${OWN_GROUP}/v1alpha1`;
const KIND = 'HelmChart';
/** Helm takes no longer names of releases. */
const MAX_RELEASE_NAME = 53;

/** A Helm chart as a version captured it: what Flux and Argo CD are told to install. @internal */
export interface Chart {
  readonly repository: string;
  readonly chart: string;
  readonly version: string;
  /** Of the chart's manifest in a registry, or of its archive. */
  readonly digest: string;
  readonly values: Manifest;
}

/**
 * The files of a version whose source is a chart: one object, which builds as manifests do, so that its values take
 * placeholders as these do. It never gets to a cluster; what each engine reads is made of it.
 *
 * @internal
 */
export function chartFiles(
  application: string,
  { repository, chart, version, values = {} }: HelmSource,
  digest: string,
): FileMap {
  return new Map([
    [
      'kustomization.yaml',
      toYaml({
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        resources: ['chart.yaml'],
      }),
    ],
    [
      'chart.yaml',
      toYaml({
        apiVersion: API_VERSION,
        kind: KIND,
        metadata: { name: application },
        spec: { repository, chart, version, digest, values },
      }),
    ],
  ]);
}

/** Whether what a version builds to is a chart. @internal */
export function isChart(objects: readonly Manifest[]): boolean {
  const [first] = objects;
  return first?.apiVersion === API_VERSION && first.kind === KIND;
}

/** The chart that a version builds to. @throws InputError where somebody changed it to what is none @internal */
export function chartOf(objects: readonly Manifest[]): Chart {
  const [{ spec }, ...others] = objects;
  const text = (field: string) => {
    const value = isMapping(spec) ? spec[field] : undefined;
    if (typeof value === 'string' && !hasPlaceholder(value)) return value;
    throw new InputError(`chart.yaml: spec.${field} must be a string`);
  };
  if (others.length > 0) {
    throw new InputError('chart.yaml: a chart stands alone');
  }
  const { values } = spec as Manifest;
  if (!isMapping(values)) {
    throw new InputError('chart.yaml: spec.values must be a mapping');
  }
  return {
    repository: text('repository'),
    chart: text('chart'),
    version: text('version'),
    digest: text('digest'),
    values,
  };
}

/** The places of a chart's values, below another path. @internal */
export function movedPlaces(
  places: readonly ClusterPlace[],
  object: number,
  below: readonly string[],
): ClusterPlace[] {
  // All of them are below `spec.values`.
  return places.map(place => ({
    ...place,
    object,
    path: [...below, ...place.path.slice(2)],
  }));
}

/** What of an entity a chart cannot have, by field. @internal */
export function chartEntityProblems({
  metadata: { name },
  spec,
}: EdgeApplicationEntity): { field: string; message: string }[] {
  if (!spec.source.helm) return [];
  const problems: { field: string; message: string }[] = [];
  if (name.length > MAX_RELEASE_NAME) {
    problems.push({
      field: 'metadata.name',
      message: `names of Helm releases have at most ${MAX_RELEASE_NAME} characters, got ${name.length}`,
    });
  }
  if (Object.keys(spec.requests ?? {}).length === 0) {
    problems.push({
      field: 'spec.requests',
      message:
        'must say what a Helm chart requests on each cluster: it is not rendered here, so that nothing else can',
    });
  }
  if ((spec.clusterValues ?? []).length > 0) {
    problems.push({
      field: 'spec.clusterValues',
      message:
        'a Helm chart takes values of the cluster by placeholders in spec.source.helm.values',
    });
  }
  (spec.overrides ?? []).forEach(({ patches = [] }, index) => {
    if (patches.length === 0) return;
    problems.push({
      field: `spec.overrides[${index}].patches`,
      message:
        'a Helm chart is not rendered here, so that nothing of it can be patched; values can differ',
    });
  });
  return problems;
}

/** What is wrong with a chart that was captured. @internal */
export function chartProblems(objects: readonly Manifest[]): string[] {
  return objects.flatMap(object =>
    sizeProblems(object).map(
      ({ path, message }) => `${placeOf(object, [...path])}: ${message}`,
    ),
  );
}
