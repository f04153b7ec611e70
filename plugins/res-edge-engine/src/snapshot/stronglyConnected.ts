import { compareNames } from './reference';

/**
 * The strongly connected components of a graph, each after all that it points to, its names sorted.
 *
 * Tarjan's algorithm with a stack of its own, so that long chains do not exhaust the call stack.
 *
 * @internal
 */
export function stronglyConnected(
  edges: ReadonlyMap<string, readonly string[]>,
): string[][] {
  const components: string[][] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  for (const root of edges.keys()) {
    if (index.has(root)) continue;
    const work: { name: string; next: number }[] = [{ name: root, next: 0 }];
    while (work.length > 0) {
      const frame = work[work.length - 1];
      const { name } = frame;
      if (!index.has(name)) {
        index.set(name, index.size);
        low.set(name, index.get(name)!);
        stack.push(name);
        onStack.add(name);
      }
      const neighbours = edges.get(name) ?? [];
      if (frame.next < neighbours.length) {
        const neighbour = neighbours[frame.next++];
        if (!index.has(neighbour)) work.push({ name: neighbour, next: 0 });
        else if (onStack.has(neighbour))
          low.set(name, Math.min(low.get(name)!, index.get(neighbour)!));
        continue;
      }
      work.pop();
      const parent = work[work.length - 1]?.name;
      if (parent !== undefined)
        low.set(parent, Math.min(low.get(parent)!, low.get(name)!));
      if (low.get(name) !== index.get(name)) continue;
      const component = stack.splice(stack.indexOf(name));
      for (const member of component) onStack.delete(member);
      components.push(component.sort(compareNames));
    }
  }
  return components;
}
