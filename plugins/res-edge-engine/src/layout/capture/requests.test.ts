import { manifestRequests } from './requests';

const container = (cpu: unknown, memory?: unknown) => ({
  resources: { requests: { cpu, memory } },
});
const workload = (kind: string, spec: object, pod: object) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'x' },
  spec: { ...spec, template: { spec: pod } },
});

describe('manifestRequests', () => {
  it('adds containers, times replicas, exactly', () => {
    expect(
      manifestRequests([
        workload(
          'Deployment',
          { replicas: 3 },
          {
            containers: [container('100m', '64Mi'), container('0.05')],
          },
        ),
        workload(
          'DaemonSet',
          { replicas: 9 },
          { containers: [container('1')] },
        ),
        workload(
          'StatefulSet',
          {
            volumeClaimTemplates: [
              { spec: { resources: { requests: { storage: '1Gi' } } } },
            ],
          },
          { containers: [] },
        ),
        { kind: 'Service', spec: { replicas: 5 } },
      ]),
    ).toEqual({
      requests: { cpu: '1450m', memory: '192Mi', storage: '1Gi', pods: '5' },
      problems: [],
    });
  });

  it('counts initial containers as Kubernetes does, and limits where requests are left out', () => {
    expect(
      manifestRequests([
        workload(
          'Deployment',
          {},
          {
            initContainers: [
              container('1'),
              { ...container('100m'), restartPolicy: 'Always' },
            ],
            containers: [
              {
                resources: {
                  limits: { cpu: '200m', memory: '1Mi' },
                  requests: { memory: '2Mi' },
                },
              },
            ],
          },
        ),
      ]).requests,
    ).toEqual({ cpu: '1', memory: '2Mi', pods: '1' });
  });

  it.each([
    [{ replicas: 'two' }, container('1')],
    [{ replicas: -1 }, container('1')],
    [{ replicas: 1.5 }, container('1')],
    [{}, container('lots')],
    [{}, container({ cpu: 1 })],
  ])('reports %j %j', (spec, bad) => {
    const { problems } = manifestRequests([
      workload('Deployment', spec, { containers: [bad] }),
    ]);
    expect(problems).toEqual([
      expect.stringContaining("Deployment 'x', spec: "),
    ]);
  });

  it('is not led astray by keys of prototypes', () => {
    const object = JSON.parse(
      '{"kind":"Deployment","metadata":{"name":"x"},"spec":{"__proto__":{"replicas":99}}}',
    );
    expect(manifestRequests([object]).requests).toEqual({ pods: '1' });
  });
});
