import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Reviewers } from './GitHubPullRequests';

/** As Backstage's GitHub providers write them: `organization/team`, and a user's name. */
const TEAM = 'github.com/team-slug';
const USER = 'github.com/user-login';

/**
 * Whom owners are on GitHub, by the annotations of groups and users in the catalog.
 *
 * @internal
 */
export function createReviewers(options: {
  catalog: CatalogService;
  auth: AuthService;
}): (owners: readonly string[]) => Promise<Reviewers> {
  const { catalog, auth } = options;
  return async owners => {
    if (owners.length === 0) return { users: [], teams: [] };
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs: [...owners] },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    const valuesOf = (annotation: string) =>
      items.flatMap(item => item?.metadata.annotations?.[annotation] ?? []);
    return {
      users: valuesOf(USER),
      teams: valuesOf(TEAM).map(team => team.split('/').pop()!),
    };
  };
}
