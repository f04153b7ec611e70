import { EdgeNamespaceEntity } from '@res-edge/backstage-plugin-res-edge-common';
import {
  namespaceRelease,
  readDecisions,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { GitRepository } from '../git';
import { MAIN } from './MainBranch';

/** So many states of a namespace are looked at. */
const MAX_TRIES = 100;

/** Finds in the history of main what a namespace was. @internal */
export class FormerContent {
  private constructor(private readonly repository: GitRepository) {}

  static create(options: { repository: GitRepository }): FormerContent {
    return new FormerContent(options.repository);
  }

  /**
   * A namespace when its content was this one; undefined where that is not among its latest states.
   *
   * @param release - as `namespaceRelease` gives it
   */
  async find(
    name: string,
    release: string,
  ): Promise<EdgeNamespaceEntity | undefined> {
    const folder = `namespaces/${name}`;
    const path = `${folder}/namespace.yaml`;
    const log = await this.repository.log(MAIN, { path, limit: MAX_TRIES });
    for (const { commit } of log) {
      const files = [path, `${folder}/release.yaml`];
      const { decisions } = readDecisions(
        await this.repository.read(commit, files),
      );
      const found = decisions.namespaces.get(name);
      if (found && namespaceRelease(found) === release) return found.entity;
    }
    return undefined;
  }
}
