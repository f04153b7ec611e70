import { parseAllowedKind, readAllowedKinds } from './allowedKinds';

describe('parseAllowedKind', () => {
  it.each([
    ['ClusterRole', 'clusterroles', undefined],
    ['HelmRelease', 'helmreleases', undefined],
    ['kube-system/RoleBinding', 'rolebindings', 'kube-system'],
  ])('knows %s', (entry, resource, namespace) => {
    expect(parseAllowedKind(entry).resource).toBe(resource);
    expect(parseAllowedKind(entry).namespace).toBe(namespace);
  });

  it.each([
    ['', 'is no kind that can be allowed'],
    ['Gadget', 'is no kind that can be allowed'],
    ['constructor', 'is no kind that can be allowed'],
    ['*', 'is no kind that can be allowed'],
    ['Namespace', 'is an EdgeNamespace'],
    ['Deployment', "allowed as '<namespace>/Deployment'"],
    ['kube-system/ClusterRole', "allowed as 'ClusterRole'"],
    ['flux-system/ConfigMap', "what is in 'flux-system' delivers"],
    ['argocd/Application', "what is in 'argocd' delivers"],
    ['../x/Role', 'is no kind that can be allowed'],
  ])('refuses %j', (entry, message) => {
    expect(() => parseAllowedKind(entry)).toThrow(message);
  });
});

describe('readAllowedKinds', () => {
  it('reads lists by add-on', () => {
    expect(readAllowedKinds(undefined, 'x').size).toBe(0);
    expect(readAllowedKinds({ agent: ['ClusterRole'] }, 'x')).toEqual(
      new Map([['agent', ['ClusterRole']]]),
    );
  });

  it.each([
    [['ClusterRole'], 'x must be a mapping'],
    [{ agent: 'ClusterRole' }, 'x.agent must be a list'],
    [{ agent: ['ClusterRole', 'Role'] }, "x.agent[1]: 'Role' needs no leave"],
  ])('refuses %j', (value, message) => {
    expect(() => readAllowedKinds(value, 'x')).toThrow(message);
  });
});
