import { GitOpsEngine } from '../../model';
import { Chart, movedPlaces } from '../capture/chart';
import { ClusterPlace, Manifest } from '../capture/substitute';
import { namespaceAccount } from '../main/namespaceManifests';
import { addonAccount } from './addonAccess';
import {
  ARGO_CD_GROUP,
  ARGO_CD_NAMESPACE,
  SYNC_POLICY,
  THIS_CLUSTER,
} from './argoCd';
import { deliveryNames } from './engineFiles';
import { FLUX_NAMESPACE } from './fluxKustomization';

/** A chart, with where it goes and as whom it is installed. @internal */
export interface ChartDelivery {
  readonly name: string;
  readonly namespace: string;
  readonly chart: Chart;
  /** The values of clusters in its values. */
  readonly places: readonly ClusterPlace[];
  /** What an add-on may bring beside what every application may. */
  readonly allowedKinds: readonly string[];
}

/** Manifests with the values of clusters in them. */
interface Placed {
  readonly objects: readonly Manifest[];
  readonly places: readonly ClusterPlace[];
}

const OCI = 'oci://';

/**
 * What an engine reads to install a chart, beside what delivers: nothing else is applied there by an application. The
 * account says what the chart may bring.
 *
 * @internal
 */
export function chartObjects(
  engine: GitOpsEngine,
  delivery: ChartDelivery,
): Placed {
  return engine === 'flux' ? fluxObjects(delivery) : argoCdObjects(delivery);
}

function fluxObjects(delivery: ChartDelivery): Placed {
  const { name, namespace, chart, places } = delivery;
  const { repository, version, digest, values } = chart;
  const own = deliveryNames.application(name);
  const metadata = { name: own, namespace: FLUX_NAMESPACE };
  const isOci = repository.startsWith(OCI);
  // It is pinned, so that there is nothing new to look for.
  const interval = '24h';
  const source: Manifest = {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: isOci ? 'OCIRepository' : 'HelmRepository',
    metadata,
    spec: isOci
      ? {
          interval,
          layerSelector: {
            mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
            operation: 'copy',
          },
          ref: { digest },
          url: addressOf(chart),
        }
      : { interval, url: repository },
  };
  const reference = isOci
    ? { chartRef: { kind: 'OCIRepository', name: own } }
    : {
        chart: {
          spec: {
            chart: chart.chart,
            interval,
            sourceRef: { kind: 'HelmRepository', name: own },
            version,
          },
        },
      };
  const crds = bringsDefinitions(delivery) ? 'CreateReplace' : 'Skip';
  const release: Manifest = {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata,
    spec: {
      ...reference,
      driftDetection: { mode: 'enabled' },
      // A store without a link tries until it has one.
      install: { crds, remediation: { retries: -1 } },
      interval: '10m',
      releaseName: name,
      serviceAccountName: accountOf(delivery),
      storageNamespace: namespace,
      targetNamespace: namespace,
      timeout: '5m',
      upgrade: { crds, remediation: { retries: 3 } },
      values,
    },
  };
  return {
    objects: [release, source],
    places: movedPlaces(places, 0, ['spec', 'values']),
  };
}

function argoCdObjects(delivery: ChartDelivery): Placed {
  const { name, namespace, chart, places } = delivery;
  const { repository, version, digest, values } = chart;
  const application: Manifest = {
    apiVersion: `${ARGO_CD_GROUP}/v1alpha1`,
    kind: 'Application',
    metadata: {
      name: `chart-${name}`,
      namespace: ARGO_CD_NAMESPACE,
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    },
    spec: {
      destination: { server: THIS_CLUSTER, namespace },
      project: accountOf(delivery),
      source: {
        ...(repository.startsWith(OCI)
          ? { repoURL: addressOf(chart), targetRevision: digest, path: '.' }
          : {
              repoURL: repository,
              chart: chart.chart,
              targetRevision: version,
            }),
        helm: {
          releaseName: name,
          skipCrds: bringsDefinitions(delivery) ? undefined : true,
          valuesObject: values,
        },
      },
      syncPolicy: SYNC_POLICY,
    },
  };
  const path = ['spec', 'source', 'helm', 'valuesObject'];
  return { objects: [application], places: movedPlaces(places, 0, path) };
}

function addressOf({ repository, chart }: Chart): string {
  return `${repository}/${chart}`;
}

/** In Flux the account, in Argo CD the project that has it: both carry the same name. */
function accountOf({ name, namespace, allowedKinds }: ChartDelivery): string {
  return allowedKinds.length > 0
    ? addonAccount(name)
    : namespaceAccount(namespace);
}

/** Whether it may bring what its folder `crds` holds; the account could not apply it otherwise. */
function bringsDefinitions({ allowedKinds }: ChartDelivery): boolean {
  return allowedKinds.includes('CustomResourceDefinition');
}
