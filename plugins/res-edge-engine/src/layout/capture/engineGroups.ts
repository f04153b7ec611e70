const ENGINE_GROUPS = /(?:^|\.)(?:fluxcd\.io|argoproj\.io)$/;

/** Whether objects of a group are those of Flux or Argo CD: they would steer what delivers them. @internal */
export function isEngineGroup(group: string): boolean {
  return ENGINE_GROUPS.test(group);
}
