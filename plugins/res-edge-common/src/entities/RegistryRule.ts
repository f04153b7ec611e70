/** From where images of one registry, or of a part of it, are pulled instead. @public */
export type RegistryRule = {
  /** The beginning of an image's name, such as `docker.io/acme`. */
  from: string;
  /** What stands there instead. */
  to: string;
  /** Environments of clusters where it holds; everywhere, where left out. */
  environments?: string[];
};
