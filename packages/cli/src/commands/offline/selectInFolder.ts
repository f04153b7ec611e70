import { Selector } from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bitmap,
  compileSelector,
  countByGroup,
  SelectorError,
  Snapshot,
  withNamespaces,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { Fleet } from '../../fleet/Fleet';
import { loadFleet } from '../../fleet/loadFleet';
import { parseSelectorArgument } from '../../fleet/parseSelectorArgument';
import { locatedProblems } from '../../planning/locatedProblems';
import { problemLines } from '../../terminal/problemLines';
import { writeTo } from '../../terminal/Streams';
import { counted, table } from '../../terminal/table';
import { UsageError } from '../../UsageError';
import { Call } from '../Command';

/** `resedge select FOLDER SELECTOR`. @internal */
export async function selectInFolder({
  positionals: [folder, text],
  json,
  streams,
  progress,
}: Call): Promise<number> {
  const selector = parseSelectorArgument(text);
  const fleet = loadFleet(folder, { progress });
  const snapshot = Snapshot.create(fleet.inventory);
  const matches = evaluate(snapshot, fleet, selector);
  progress.clear();
  const clusters = snapshot.namesOf(matches);
  const count = clusters.length;
  const answer = json
    ? JSON.stringify({ count, clusters }, undefined, 2)
    : clusters.concat('', summary(snapshot, matches)).join('\n');
  await writeTo(streams.stdout, `${answer}\n`);
  const problems = locatedProblems(fleet, snapshot.problems);
  await writeTo(streams.stderr, problemLines(problems));
  return problems.length > 0 ? 1 : 0;
}

function evaluate(
  snapshot: Snapshot,
  fleet: Fleet,
  selector: Selector,
): Bitmap {
  const namespaces = new Map(
    fleet.inventory.namespaces.map(({ metadata, spec }) => [
      metadata.name,
      spec.selector,
    ]),
  );
  const open = new Set<string>();
  const context = withNamespaces(snapshot, name => {
    if (!namespaces.has(name)) return undefined;
    if (open.has(name)) {
      throw new SelectorError(
        `The selector of namespace '${name}' is made of itself`,
      );
    }
    const own = namespaces.get(name);
    if (own === undefined) return Bitmap.empty(snapshot.size);
    open.add(name);
    const { clusters } = compileSelector(context, own);
    open.delete(name);
    return clusters;
  });
  try {
    return compileSelector(context, selector).clusters;
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    const { field, position, message } = error;
    const place = [
      field === undefined ? '' : ` in ${field}`,
      position === undefined ? '' : ` at character ${position + 1}`,
    ].join('');
    throw new UsageError(`SELECTOR${place}: ${message}`);
  }
}

function summary(snapshot: Snapshot, matches: Bitmap): string {
  const rows = snapshot.groups.roots.flatMap(root =>
    countByGroup(snapshot, matches, root).map(found => [
      found.group,
      found.count,
      found.total ?? '',
    ]),
  );
  const total = `${counted(
    matches.count(),
    'cluster',
  )} of ${snapshot.size.toLocaleString('en')}`;
  return rows.length === 0
    ? total
    : `${total}\n\n${table(['GROUP', 'MATCHED', 'OF'], rows).trimEnd()}`;
}
