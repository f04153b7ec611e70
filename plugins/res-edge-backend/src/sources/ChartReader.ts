import { InputError, NotFoundError } from '@backstage/errors';
import { HelmSource } from '@res-edge/backstage-plugin-res-edge-common';
import { digestOf } from '../oci';
import { checkChart } from './checkChart';
import { ChartEntry, chartEntries } from './chartIndex';
import { RegistryReader } from './RegistryReader';
import { Remembered } from './Remembered';
import { SourceFetcher } from './SourceFetcher';
import { SourceHosts } from './SourceHosts';

const OCI = 'oci://';
const CHART_LAYER = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
const MAX_INDEX_BYTES = 30_000_000;
const MAX_CHART_BYTES = 10_000_000;

/** Which chart, of whatever version. */
type ChartName = Pick<HelmSource, 'repository' | 'chart'>;

/**
 * Reads Helm charts, from repositories with an index and from registries: what is delivered is the chart's name, its exact
 * version and its digest; stores fetch the chart.
 *
 * @internal
 */
export class ChartReader {
  /** An exact version does not change; the last few. */
  readonly #known = Remembered.create<{ digest: string }>();
  readonly #fetcher: SourceFetcher;
  readonly #registries: RegistryReader;

  private constructor(hosts: SourceHosts) {
    this.#fetcher = SourceFetcher.create(hosts);
    this.#registries = RegistryReader.create(hosts);
  }

  static create(hosts: SourceHosts): ChartReader {
    return new ChartReader(hosts);
  }

  /**
   * The digest of a chart, which was fetched and looked into.
   *
   * @throws NotAllowedError where a host is not configured; InputError, NotFoundError where it cannot be read
   */
  async read({
    repository,
    chart,
    version,
  }: HelmSource): Promise<{ digest: string }> {
    return this.#known.get([repository, chart, version], async () => {
      const { archive, digest } = repository.startsWith(OCI)
        ? await this.fromRegistry({ repository, chart, version })
        : await this.fromIndex({ repository, chart, version });
      await checkChart(archive, { chart, version });
      return { digest };
    });
  }

  /** All versions of a chart that there are now. */
  async versions(name: ChartName): Promise<string[]> {
    if (!name.repository.startsWith(OCI)) {
      return (await this.entries(name)).map(({ version }) => version);
    }
    const tags = await this.#registries.tags(addressOf(name));
    // Tags have no plus, so that Helm writes an underscore.
    return tags.map(tag => tag.replace(/_/g, '+'));
  }

  private async fromRegistry(source: HelmSource) {
    const address = addressOf(source);
    const tag = source.version.replace(/\+/g, '_');
    const { digest, layers } = await this.#registries.manifest(address, tag);
    const layer = layers.find(({ mediaType }) => mediaType === CHART_LAYER);
    if (!layer) throw new InputError(`'${tag}' of ${address} is no Helm chart`);
    const archive = await this.#registries.blob(
      address,
      layer,
      MAX_CHART_BYTES,
    );
    return { archive, digest };
  }

  private async fromIndex(source: HelmSource) {
    const { repository, chart, version } = source;
    const entry = (await this.entries(source)).find(
      listed => listed.version === version,
    );
    const [address] = entry?.urls ?? [];
    const base = `${repository.replace(/\/$/, '')}/`;
    if (!entry || address === undefined || !URL.canParse(address, base)) {
      throw new NotFoundError(
        `${repository} does not list version ${version} of the chart '${chart}'`,
      );
    }
    const { body: archive } = await this.#fetcher.get({
      url: new URL(address, base),
      maxBytes: MAX_CHART_BYTES,
    });
    const digest = digestOf(archive);
    if (entry.digest !== undefined && digest !== `sha256:${entry.digest}`) {
      throw new InputError(
        `the archive of '${chart}' ${version} is ${digest}, and the index of ${repository} says sha256:${entry.digest}`,
      );
    }
    return { archive, digest };
  }

  private async entries({
    repository,
    chart,
  }: ChartName): Promise<ChartEntry[]> {
    const { body } = await this.#fetcher.get({
      url: new URL(`${repository.replace(/\/$/, '')}/index.yaml`),
      maxBytes: MAX_INDEX_BYTES,
    });
    return chartEntries(body.toString('utf8'), chart);
  }
}

function addressOf({ repository, chart }: ChartName): string {
  return `${repository}/${chart}`;
}
