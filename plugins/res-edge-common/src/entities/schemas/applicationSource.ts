import { GitSource, HelmSource, OciSource, SourcePoll } from '../sources';
import { JsonSchema, strictObject } from './JsonSchema';
import { PROTOTYPE_KEYS } from './maps';
import {
  chartName,
  chartRepository,
  chartVersion,
  gitRevision,
  ociDigest,
  ociRepository,
  ociTag,
  relativePath,
  repositoryUrl,
  text,
} from './strings';
import { duration } from './times';

const HELM_VALUE = 'https://res-edge.io/schemas/v1alpha1/HelmValue';

/** Whatever a chart takes; its mappings are no way into JavaScript's own objects. */
const helmValue: JsonSchema = {
  $id: HELM_VALUE,
  propertyNames: {
    not: { enum: PROTOTYPE_KEYS },
    description: `a key other than ${PROTOTYPE_KEYS.join(', ')}`,
  },
  additionalProperties: { $ref: HELM_VALUE },
  items: { $ref: HELM_VALUE },
};

const git = strictObject<GitSource>({
  properties: {
    url: repositoryUrl,
    path: relativePath,
    revision: gitRevision,
  },
  required: { url: true, revision: true },
});

const helm = strictObject<HelmSource>({
  properties: {
    repository: chartRepository,
    chart: chartName,
    version: chartVersion,
    values: {
      allOf: [
        { type: 'object', description: 'a mapping of values for the chart' },
        helmValue,
      ],
    },
  },
  required: { repository: true, chart: true, version: true },
});

const oci = strictObject<OciSource>({
  properties: {
    repository: ociRepository,
    tag: ociTag,
    digest: ociDigest,
    path: relativePath,
  },
  required: { repository: true },
  rules: {
    oneOf: [{ required: ['tag'] }, { required: ['digest'] }],
    description: 'an artifact: its repository, with either tag or digest',
  },
});

const poll = strictObject<SourcePoll>({
  properties: { range: text(100), interval: duration },
  required: { range: true },
});

/** Where the manifests of an application are. @internal */
export const applicationSource = strictObject<{
  path?: string;
  git?: GitSource;
  helm?: HelmSource;
  oci?: OciSource;
  poll?: SourcePoll;
}>({
  properties: { path: relativePath, git, helm, oci, poll },
  required: {},
  rules: {
    oneOf: [
      { required: ['path'], not: { required: ['poll'] } },
      ...['git', 'helm', 'oci'].map(name => ({ required: [name] })),
    ],
    description:
      'a source: one of path, git, helm and oci; with poll one of the last three',
  },
});
