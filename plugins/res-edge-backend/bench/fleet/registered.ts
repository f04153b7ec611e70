import {
  EdgeApplicationEntity,
  EdgeClusterEntity,
  EdgeGroupEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { FileMap } from '@res-edge/backstage-plugin-res-edge-engine';

/** Each cluster has values of its own. */
export function withValues(cluster: EdgeClusterEntity, index: number) {
  const values = {
    posHost: `pos.${cluster.metadata.name}.example.com`,
    registers: String(2 + (index % 7)),
  };
  return { ...cluster, spec: { ...cluster.spec, values } };
}

/** Roots and what is right below them have a value. */
export function withBanner(group: EdgeGroupEntity): EdgeGroupEntity {
  const { name } = group.metadata;
  const parts = name.split('.');
  if (parts.length > 2) return group;
  const values = { [`${parts[0]}Banner`]: `Welcome to ${name}` };
  return { ...group, spec: { ...group.spec, values } };
}

/** What an application's manifests are made from. */
export function sourceFiles(entity: EdgeApplicationEntity): FileMap {
  const { name } = entity.metadata;
  const { version } = entity.spec;
  return new Map([
    [
      'kustomization.yaml',
      `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [config.yaml, deployment.yaml, service.yaml]
`,
    ],
    [
      'config.yaml',
      `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  url: https://\${{ cluster.posHost }}/api
  store: "\${{ cluster.name }}"
`,
    ],
    [
      'deployment.yaml',
      `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: ${name}
          image: registry.example.com/${name}:${version}
          env:
            - name: REGISTERS
              value: "\${{ cluster.registers }}"
`,
    ],
    [
      'service.yaml',
      `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app: ${name}
  ports:
    - port: 80
`,
    ],
  ]);
}
