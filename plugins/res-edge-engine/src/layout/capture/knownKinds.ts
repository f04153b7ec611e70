/** A kind of Kubernetes, Flux or Argo CD, with what access to it is called. @internal */
export interface KnownKind {
  readonly kind: string;
  /** The group of its API; empty for the core. */
  readonly group: string;
  /** The name of its objects in rules of access. */
  readonly resource: string;
  /** Whether its objects belong to the cluster, and not to a namespace. */
  readonly isOfCluster: boolean;
}

/** Kinds that belong to a cluster, by group. */
const OF_CLUSTERS = `
admissionregistration.k8s.io: MutatingAdmissionPolicy/mutatingadmissionpolicies
  MutatingAdmissionPolicyBinding/mutatingadmissionpolicybindings MutatingWebhookConfiguration/mutatingwebhookconfigurations
  ValidatingAdmissionPolicy/validatingadmissionpolicies ValidatingAdmissionPolicyBinding/validatingadmissionpolicybindings
  ValidatingWebhookConfiguration/validatingwebhookconfigurations
apiextensions.k8s.io: CustomResourceDefinition/customresourcedefinitions
apiregistration.k8s.io: APIService/apiservices
cert-manager.io: ClusterIssuer/clusterissuers
certificates.k8s.io: CertificateSigningRequest/certificatesigningrequests ClusterTrustBundle/clustertrustbundles
flowcontrol.apiserver.k8s.io: FlowSchema/flowschemas PriorityLevelConfiguration/prioritylevelconfigurations
networking.k8s.io: IPAddress/ipaddresses IngressClass/ingressclasses ServiceCIDR/servicecidrs
node.k8s.io: RuntimeClass/runtimeclasses
policy: PodSecurityPolicy/podsecuritypolicies
rbac.authorization.k8s.io: ClusterRole/clusterroles ClusterRoleBinding/clusterrolebindings
resource.k8s.io: DeviceClass/deviceclasses ResourceSlice/resourceslices
scheduling.k8s.io: PriorityClass/priorityclasses
snapshot.storage.k8s.io: VolumeSnapshotClass/volumesnapshotclasses VolumeSnapshotContent/volumesnapshotcontents
storage.k8s.io: CSIDriver/csidrivers CSINode/csinodes StorageClass/storageclasses VolumeAttachment/volumeattachments
  VolumeAttributesClass/volumeattributesclasses
storagemigration.k8s.io: StorageVersionMigration/storageversionmigrations
core: ComponentStatus/componentstatuses Namespace/namespaces Node/nodes PersistentVolume/persistentvolumes
internal.apiserver.k8s.io: StorageVersion/storageversions`;

/** Kinds that belong to a namespace, by group. */
const OF_NAMESPACES = `
core: ConfigMap/configmaps Endpoints/endpoints LimitRange/limitranges PersistentVolumeClaim/persistentvolumeclaims Pod/pods
  ResourceQuota/resourcequotas Secret/secrets Service/services ServiceAccount/serviceaccounts
apps: DaemonSet/daemonsets Deployment/deployments StatefulSet/statefulsets
autoscaling: HorizontalPodAutoscaler/horizontalpodautoscalers
batch: CronJob/cronjobs Job/jobs
coordination.k8s.io: Lease/leases
networking.k8s.io: Ingress/ingresses NetworkPolicy/networkpolicies
policy: PodDisruptionBudget/poddisruptionbudgets
rbac.authorization.k8s.io: Role/roles RoleBinding/rolebindings
kustomize.toolkit.fluxcd.io: Kustomization/kustomizations
helm.toolkit.fluxcd.io: HelmRelease/helmreleases
source.toolkit.fluxcd.io: Bucket/buckets GitRepository/gitrepositories HelmChart/helmcharts HelmRepository/helmrepositories
  OCIRepository/ocirepositories
notification.toolkit.fluxcd.io: Alert/alerts Provider/providers Receiver/receivers
image.toolkit.fluxcd.io: ImagePolicy/imagepolicies ImageRepository/imagerepositories
  ImageUpdateAutomation/imageupdateautomations
argoproj.io: AppProject/appprojects Application/applications ApplicationSet/applicationsets`;

const KINDS: ReadonlyMap<string, KnownKind> = new Map(
  [
    ...read(OF_CLUSTERS).map(known => ({ ...known, isOfCluster: true })),
    ...read(OF_NAMESPACES).map(known => ({ ...known, isOfCluster: false })),
  ].map(known => [known.kind, known]),
);

function read(table: string): Omit<KnownKind, 'isOfCluster'>[] {
  let group = '';
  const found: Omit<KnownKind, 'isOfCluster'>[] = [];
  for (const word of table.trim().split(/\s+/)) {
    if (word.endsWith(':')) {
      group = word === 'core:' ? '' : word.slice(0, -1);
      continue;
    }
    const [kind, resource] = word.split('/');
    found.push({ kind, group, resource });
  }
  return found;
}

/** What is known of a kind by its name. @internal */
export function knownKind(kind: string): KnownKind | undefined {
  return KINDS.get(kind);
}

/** Whether objects of this kind belong to the cluster, as far as that is known. @internal */
export function isOfCluster(kind: unknown): boolean {
  return KINDS.get(String(kind))?.isOfCluster ?? false;
}
