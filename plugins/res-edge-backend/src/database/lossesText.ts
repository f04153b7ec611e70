import { NamedLosses } from '@res-edge/backstage-plugin-res-edge-engine';

type Names = ReadonlyMap<string, ReadonlySet<string>>;

/** Lists of pairs, so that no name can be mistaken for something of JavaScript's own. @internal */
export function toLossesText({
  applications,
  namespaces,
}: NamedLosses): string {
  const pairs = (names: Names) =>
    [...names].map(([name, clusters]) => [name, [...clusters]]);
  return JSON.stringify([pairs(applications), pairs(namespaces)]);
}

/** @internal */
export function fromLossesText(text: string): NamedLosses {
  const names = (pairs: [string, string[]][]): Names =>
    new Map(pairs.map(([name, clusters]) => [name, new Set(clusters)]));
  const [applications, namespaces] = JSON.parse(text);
  return { applications: names(applications), namespaces: names(namespaces) };
}
