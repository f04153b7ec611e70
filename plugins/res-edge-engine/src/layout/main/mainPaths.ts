import { shortDigest } from '../format/digest';
import { segment } from '../format/paths';

/** The Component of an override, from the application's folder. @internal */
export function overlayPath(name: string, digest: string): string {
  return `overlays/${segment(name)}/${shortDigest(digest)}`;
}

/** The file of main that says what was decided by a policy. @internal */
export function policyPath(name: string): string {
  return `policies/${segment(name)}.yaml`;
}
