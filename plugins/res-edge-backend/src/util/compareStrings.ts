/** Orders by code unit: the same on every machine, and what databases and the engine agree on. @internal */
export function compareStrings(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
