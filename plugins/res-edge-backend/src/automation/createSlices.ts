import { Slices } from '@res-edge/backstage-plugin-res-edge-engine';
import { ManifestBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import { ArtifactReader, ChartReader } from '../sources';
import { originOf } from '../util/originOf';
import { GitSourceReader } from './GitSourceReader';
import { SourceReader } from './SourceReader';

/** Slices of what is registered in Backstage. @internal */
export function createSlices(options: {
  sources: SourceReader;
  gitSources: GitSourceReader;
  charts: ChartReader;
  artifacts: ArtifactReader;
  builder: ManifestBuilder;
  /** `resEdge.layout.allowedKinds`. */
  allowedKinds?: ReadonlyMap<string, readonly string[]>;
}): Slices {
  const { sources, gitSources, charts, artifacts } = options;
  const { builder, allowedKinds } = options;
  return Slices.create({
    read: (location, path) => sources.read(location, path),
    readGit: source => gitSources.read(source),
    readChart: source => charts.read(source),
    readArtifact: source => artifacts.read(source),
    originOf,
    build: (files, folder) => builder.build(files, folder),
    allowedKinds,
  });
}
