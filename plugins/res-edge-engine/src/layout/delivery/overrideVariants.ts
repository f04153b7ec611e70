import { ApplicationOverride } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../../bitmap';
import { namespaceTargets } from '../../decide/namespaceTargets';
import { ApplicationRelease, Decisions, Plan } from '../../model';
import { compileSelector } from '../../selector';

/** Clusters of an application on which one override holds, or none. @internal */
export interface OverrideVariant {
  readonly override?: ApplicationOverride;
  readonly clusters: Bitmap;
}

/**
 * Parts an application's clusters by the override that holds there: the last that matches.
 *
 * @returns `undefined` where one of the selectors cannot be evaluated
 * @internal
 */
export function overrideVariants(
  { plan, decisions }: { plan: Plan; decisions: Decisions },
  { overrides }: ApplicationRelease,
  placed: Bitmap,
): OverrideVariant[] | undefined {
  const { snapshot } = plan;
  const rest = placed.clone();
  const variants: OverrideVariant[] = [];
  for (const override of [...overrides].reverse()) {
    const { selector } = override;
    // Only the original's language can name namespaces.
    const context =
      typeof selector === 'string' && selector.includes('/')
        ? namespaceTargets(snapshot, decisions, []).context
        : snapshot;
    let matched: Bitmap;
    try {
      matched = compileSelector(context, selector).clusters.clone().and(rest);
    } catch {
      return undefined;
    }
    rest.andNot(matched);
    if (!matched.isEmpty()) variants.push({ override, clusters: matched });
  }
  if (!rest.isEmpty()) variants.push({ clusters: rest });
  return variants;
}
