import {
  EdgeKind,
  ResEdgeApi,
  ResEdgeApiError,
  ResEdgeRequestOptions,
} from '@res-edge/backstage-plugin-res-edge-common';

const MAX_PROBLEMS = 5;

/**
 * Why there may be no change request for an entity: what a person should look at next.
 *
 * @internal
 */
export async function describeMissing(
  api: ResEdgeApi,
  target: { kind: EdgeKind; name: string },
  options: ResEdgeRequestOptions,
): Promise<string> {
  try {
    const { problems } = await api.getEntity(
      { kind: target.kind, name: target.name },
      options,
    );
    if (problems.length === 0) {
      return 'It is registered without problems: it may be as main holds it already, or the plan may still be made';
    }
    const shown = problems
      .slice(0, MAX_PROBLEMS)
      .map(({ field, message }) => (field ? `${field}: ${message}` : message));
    return `It has problems: ${shown.join('; ')}`;
  } catch (error) {
    if (error instanceof ResEdgeApiError && error.statusCode === 404) {
      return 'It is not in the inventory: is it registered, from a place that may define it?';
    }
    throw error;
  }
}
