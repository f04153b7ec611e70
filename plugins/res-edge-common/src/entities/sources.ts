import { JsonObject } from '@backstage/types';

/** A folder of a Git repository at a revision. @public */
export type GitSource = {
  /** Of the repository, by HTTPS. */
  url: string;
  /** The folder; the root where left out. */
  path?: string;
  /** A branch, a tag or a whole commit; it is captured once at the commit that it then is. */
  revision: string;
};

/** A Helm chart of an exact version. @public */
export type HelmSource = {
  /** `https://…`, where `index.yaml` is, or `oci://…`, below which the chart is. */
  repository: string;
  chart: string;
  /** Exact; it is captured once with the digest that it then has. */
  version: string;
  /** What the chart is given; its scalars may hold placeholders. */
  values?: JsonObject;
};

/** A folder of an OCI artifact, such as Flux pushes them. @public */
export type OciSource = {
  /** `oci://…`, without tag and digest. */
  repository: string;
  /** Either this: it is captured once at the digest that it then has; */
  tag?: string;
  /** or this, such as `sha256:…`. */
  digest?: string;
  /** The folder; the root where left out. */
  path?: string;
};

/** Looks for newer versions of a source by itself. @public */
export type SourcePoll = {
  /** Which versions to take, by SemVer: `~1.4`, `1.x`, `>=1.4.2 <2`. */
  range: string;
  /** How often to look: every hour where left out, every 5 minutes at most. */
  interval?: string;
};

/** A source that is elsewhere: one of them. @public */
export type RemoteSource =
  | { git: GitSource; helm?: undefined; oci?: undefined }
  | { helm: HelmSource; git?: undefined; oci?: undefined }
  | { oci: OciSource; git?: undefined; helm?: undefined };

/** Where an application's manifests are: beside the entity, or elsewhere. @public */
export type ApplicationSourceSpec =
  | {
      path: string;
      git?: undefined;
      helm?: undefined;
      oci?: undefined;
      poll?: undefined;
    }
  | (RemoteSource & { path?: undefined; poll?: SourcePoll });
