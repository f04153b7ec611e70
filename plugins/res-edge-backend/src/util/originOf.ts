/** The place of registration without what is private to this machine or a secret: a file keeps only its last two segments. @internal */
export function originOf(location: string): string {
  if (location.startsWith('file:'))
    return `file:${location.split('/').slice(-2).join('/')}`;
  return location.replace(/\/\/[^/@]*@/, '//');
}
