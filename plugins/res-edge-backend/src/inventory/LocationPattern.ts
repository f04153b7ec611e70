import { globToRegExp } from '../util/globToRegExp';

/**
 * Locations of registered YAML, such as `url:https://example.org/fleet/*`: `*` stands for any characters, everything else
 * is meant literally.
 *
 * @internal
 */
export class LocationPattern {
  private readonly expression: RegExp;

  static create(text: string): LocationPattern {
    return new LocationPattern(text);
  }

  private constructor(text: string) {
    this.expression = globToRegExp(text);
  }

  /** Never matches a location that leads elsewhere than it says. */
  matches(location: string | undefined): boolean {
    return (
      location !== undefined &&
      leadsWhereItSays(location) &&
      this.expression.test(location)
    );
  }
}

/** `url:https://example.org/fleet/../other/a.yaml` is read from `other`: no rule about `fleet` may hold for it. */
function leadsWhereItSays(location: string): boolean {
  let text = location;
  if (location.startsWith('url:')) {
    if (/[\s\p{Cc}]/u.test(location)) return false;
    try {
      text = decodeURIComponent(location);
    } catch {
      return false;
    }
  }
  return !/\\|(?:^|[/:=])\.\.?(?:\/|$|[?#&])/.test(text);
}
