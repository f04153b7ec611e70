import { HeldChanges } from '../../model';
import { HeldBack } from './heldHere';

/** Gathers what is held on clusters, or cannot be made for them, by what that is. @internal */
export class HeldReport {
  private readonly applications = new Map<string, string[]>();
  private readonly namespaces = new Map<string, string[]>();
  private readonly groups = new Map<string, string[]>();

  add({ applications, namespaces, groups = [] }: HeldBack, cluster: string) {
    collect(this.applications, applications, cluster);
    collect(this.namespaces, namespaces, cluster);
    collect(this.groups, groups, cluster);
  }

  changes(): HeldChanges {
    const { applications, namespaces, groups } = this;
    return { applications, namespaces, ...(groups.size > 0 && { groups }) };
  }
}

function collect(
  to: Map<string, string[]>,
  names: readonly string[],
  cluster: string,
) {
  for (const name of names) {
    const clusters = to.get(name);
    if (clusters) clusters.push(cluster);
    else to.set(name, [cluster]);
  }
}
