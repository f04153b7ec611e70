/**
 * Builds a folder of kustomize sources to manifests.
 *
 * @public
 */
export interface ManifestBuilder {
  /**
   * The manifests that `folder` builds to, as one multi-document YAML.
   *
   * @param files - the closed set of files that the build may read, by relative path
   * @param folder - the folder in `files` to build; its root where left out
   * @throws InputError with kustomize's message where the sources do not build
   */
  build(
    files: ReadonlyMap<string, string | Uint8Array>,
    folder?: string,
  ): Promise<string>;
}
