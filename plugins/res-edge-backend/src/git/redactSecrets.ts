/**
 * Takes user names, passwords and tokens out of the URLs in a text, so that it can be logged or shown.
 *
 * @internal
 */
export function redactSecrets(text: string): string {
  // Everything up to the last @ before the path: a password may itself hold an @ that was not encoded.
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s]*@/gi, '$1***@');
}
