import { ChangeEta } from '@res-edge/backstage-plugin-res-edge-common';

/** When a release that rolls out is expected on a cluster, or why no time is known. @internal */
export function etaText({
  at,
  reason,
  ringStartsAt,
  version = 'a change',
}: ChangeEta): string {
  return [
    at === undefined
      ? `${version}, no time is known`
      : `${version} about ${at}`,
    ...(reason === undefined ? [] : [reason]),
    ...(ringStartsAt === undefined
      ? []
      : [`its ring begins about ${ringStartsAt}`]),
  ].join('; ');
}
