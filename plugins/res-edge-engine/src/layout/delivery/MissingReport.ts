import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { byCodeUnit } from '../format/digest';

/** Gathers what is missing on many clusters into few sentences. @internal */
export class MissingReport {
  private static readonly SAMPLE = 10;
  private readonly found = new Map<
    string,
    { entity: string; reason: string; clusters: string[] }
  >();
  private readonly others: Problem[] = [];

  missing(entity: string, reason: string, cluster: string) {
    const key = JSON.stringify([entity, reason]);
    const entry = this.found.get(key);
    if (entry) entry.clusters.push(cluster);
    else this.found.set(key, { entity, reason, clusters: [cluster] });
  }

  add(problems: readonly Problem[]) {
    this.others.push(...problems);
  }

  problems(): Problem[] {
    const grouped = [...this.found.values()].map(
      ({ entity, reason, clusters }) => {
        const shown = clusters.slice(0, MissingReport.SAMPLE).join(', ');
        const more = clusters.length - MissingReport.SAMPLE;
        return {
          entity,
          field: '',
          message: `cannot be delivered to ${clusters.length} ${
            clusters.length === 1 ? 'cluster' : 'clusters'
          } (${shown}${
            more > 0 ? ` and ${more} more` : ''
          }), what is delivered there stays: ${reason}`,
        };
      },
    );
    return [...grouped, ...this.others].sort(
      (a, b) =>
        byCodeUnit(a.entity, b.entity) || byCodeUnit(a.message, b.message),
    );
  }
}
