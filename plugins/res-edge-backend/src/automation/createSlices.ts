import { Slices } from '@res-edge/backstage-plugin-res-edge-engine';
import { ManifestBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import { originOf } from '../util/originOf';
import { SourceReader } from './SourceReader';

/** Slices of what is registered in Backstage. @internal */
export function createSlices(options: {
  sources: SourceReader;
  builder: ManifestBuilder;
  /** `resEdge.layout.allowedKinds`. */
  allowedKinds?: ReadonlyMap<string, readonly string[]>;
}): Slices {
  const { sources, builder, allowedKinds } = options;
  return Slices.create({
    read: (location, path) => sources.read(location, path),
    originOf,
    build: (files, folder) => builder.build(files, folder),
    allowedKinds,
  });
}
