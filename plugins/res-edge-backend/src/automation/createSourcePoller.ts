import { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { ArtifactReader, ChartReader, SourceHosts } from '../sources';
import { GitSourceReader } from './GitSourceReader';
import { SourcePoller } from './SourcePoller';

/**
 * Polls the hosts that the configuration allows.
 *
 * @internal
 */
export function createSourcePoller({
  config,
  ...options
}: Omit<Parameters<typeof SourcePoller.create>[0], 'versions'> & {
  config: Config;
}): SourcePoller {
  const integrations = ScmIntegrations.fromConfig(config);
  const hosts = SourceHosts.fromConfig(config, integrations);
  const repositories = GitSourceReader.fromConfig(config, integrations);
  const charts = ChartReader.create(hosts);
  const artifacts = ArtifactReader.create(hosts);
  return SourcePoller.create({
    ...options,
    versions: source => {
      if (source.git) return repositories.tags(source.git);
      if (source.helm) return charts.versions(source.helm);
      return artifacts.tags(source.oci);
    },
  });
}
