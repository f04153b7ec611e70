import { GateMeasurement } from '@res-edge/backstage-plugin-res-edge-common';
import { applicationState } from '@res-edge/backstage-plugin-res-edge-engine';
import {
  GateRequest,
  RolloutGateReader,
} from '@res-edge/backstage-plugin-res-edge-node';
import { FleetView } from '../service/FleetView';
import { FleetStatus } from '../status';

/**
 * Gates that ask which share of the clusters of a ring is healthy in all that is delivered to them, also in what the release
 * has nothing to do with. Clusters that are silent count neither way.
 *
 * @internal
 */
export class HealthGates implements RolloutGateReader {
  readonly type = 'health';

  static create(options: {
    view: () => Pick<FleetView, 'delivered'> | undefined;
    status: Pick<FleetStatus, 'freshness' | 'report'>;
  }): HealthGates {
    return new HealthGates(options);
  }

  private constructor(
    private readonly options: {
      view: () => Pick<FleetView, 'delivered'> | undefined;
      status: Pick<FleetStatus, 'freshness' | 'report'>;
    },
  ) {}

  async read({ clusters }: GateRequest): Promise<GateMeasurement> {
    const { status } = this.options;
    const heard = clusters.filter(name => status.freshness(name) === 'fresh');
    if (heard.length === 0) return { message: 'No cluster reports' };
    const healthy = heard.filter(name => this.isHealthy(name)).length;
    return {
      // Hundredths, rounded down: 99.999% of the clusters are not all.
      value: Math.floor((healthy / heard.length) * 10_000) / 100,
      message: `${healthy} of ${heard.length} clusters that report are healthy`,
    };
  }

  private isHealthy(cluster: string): boolean {
    const { status, view } = this.options;
    const entries = view()?.delivered.applications(cluster) ?? [];
    return entries.every(({ name, revision }) => {
      const report = status.report(cluster, name);
      return applicationState(revision, report, 'fresh') === 'current';
    });
  }
}
