import { groupSubject } from '@res-edge/backstage-plugin-res-edge-engine';
import { RolloutLabs } from './RolloutLabs';

/** The group of all clusters of the demo fleet, as its rollouts are kept. */
export const STORES = groupSubject('stores');

/** What tests of groups ask of the demo fleet, and do to it. */
export function groupLabs(labs: () => RolloutLabs) {
  const edit = (change: (text: string) => string) =>
    labs().edit('groups.yaml', change);
  const follow = (name: string, rollout = 'store-rings') =>
    edit(text =>
      text.replace(
        new RegExp(`(name: ${name}, [^]*?spec:\n)`),
        `$1  rollout: ${rollout}\n`,
      ),
    );
  const report = (condition: 'healthy' | 'failed') => {
    const { plan } = labs().fleet.automation.view()!;
    for (const name of plan.applications.keys()) labs().report(condition, name);
  };
  const phases = async (subject = STORES) => {
    const { rollout } = await labs().latest(subject);
    return [rollout.phase, ...rollout.rings.map(({ phase }) => phase)];
  };
  const folderOf = async (cluster: string, file: string) => {
    const shard = labs().fleet.automation.view()!.delivered.shardOf(cluster)!;
    return (await labs().fleet.read(
      `delivery/${shard}`,
      `clusters/${cluster}/${file}`,
    ))!;
  };
  const valuesOf = (cluster: string) =>
    folderOf(cluster, 'values/kustomization.yaml');
  const clusters = () =>
    labs()
      .fleet.automation.view()!
      .snapshot.clusters.map(({ metadata }) => metadata.name);
  /** Clusters whose values say that. */
  const having = async (line: string) => {
    const found: string[] = [];
    for (const cluster of clusters())
      if ((await valuesOf(cluster)).includes(line)) found.push(cluster);
    return found.sort();
  };
  const through = async (subject = STORES) => {
    for (let round = 0; round < 30; round++) {
      report('healthy');
      await labs().run(2);
      if ((await phases(subject))[0] === 'done') return;
    }
    throw new Error(`It is ${await phases(subject)}`);
  };
  return {
    edit,
    follow,
    report,
    phases,
    valuesOf,
    clusters,
    having,
    through,
  };
}
