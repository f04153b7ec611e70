import {
  EdgeKind,
  entityRefOf,
} from '@res-edge/backstage-plugin-res-edge-common';
import { stringify } from 'yaml';
import { connect } from '../online/connect';
import { entityColumns } from '../online/entityColumns';
import { EntityQuery, FoundEntities, listAll } from '../online/listAll';
import { parseKind } from '../online/parseKind';
import { selectorText } from '../online/selectorText';
import { Streams, writeTo } from '../terminal/Streams';
import { table } from '../terminal/table';
import { UsageError } from '../UsageError';
import { Call, Command, Output } from './Command';
import { LIST_OPTIONS, SERVER_OPTIONS } from './options';

/** `resedge get KIND [NAME]`. @internal */
export const get: Command = {
  name: 'get',
  usages: [['KIND'], ['KIND', 'NAME']],
  outputs: ['json', 'yaml', 'wide', 'name'],
  options: [...LIST_OPTIONS, ...SERVER_OPTIONS],
  summary: 'show entities of the inventory',
  description: `
KIND is clusters, groups, namespaces, applications or policies. -o yaml and
-o json give entities as they are registered.`,
  examples: [
    'resedge get clusters --group central -o wide',
    'resedge get clusters --selector \'cluster.labels.ring == "beta"\' -o name',
    'resedge get clusters --filter spec.environment=prod,spec.state!=active',
    'resedge get application imdb -o yaml',
  ],
  async run(call: Call) {
    const { positionals, options, streams } = call;
    const [word, name] = positionals;
    const kind = parseKind(word);
    const {
      filter,
      group,
      selector,
      search,
      limit,
      output = 'table',
    } = options;
    const asksForList = [filter, group, selector, search, limit].some(
      value => value !== undefined,
    );
    if (name !== undefined && asksForList)
      throw new UsageError('give NAME, or what to look for, not both');
    const api = connect(call);
    let wanted = filter && [...filter];
    if (name !== undefined) {
      // Asked for by its name, so that one that is not there is said to be missing.
      const { entity } = await api.getEntity({ kind, name });
      if (output === 'json' || output === 'yaml') {
        await writeTo(streams.stdout, write(entity, output));
        return 0;
      }
      wanted = [nameFilter(name)];
    }
    const query: EntityQuery = {
      kind,
      group,
      selector: selector && selectorText(selector),
      search,
      filter: wanted,
      fields: fieldsOf(kind, output),
    };
    const found = await listAll(api, query, call);
    await writeList(found, kind, output, streams);
    return 0;
  },
};

/** A filter takes the character after a backslash as it is. */
function nameFilter(name: string): string {
  return `metadata.name=${name.replace(/[\\,=]/g, '\\$&')}`;
}

function fieldsOf(kind: EdgeKind, output: Output): string | undefined {
  if (output === 'json' || output === 'yaml') return '*';
  if (output === 'name') return undefined;
  const fields = entityColumns(kind, output === 'wide').flatMap(({ field }) =>
    field === undefined ? [] : [field],
  );
  return fields.length === 0 ? undefined : fields.join(',');
}

function write(value: unknown, output: 'json' | 'yaml'): string {
  return output === 'json'
    ? `${JSON.stringify(value, undefined, 2)}\n`
    : stringify(value);
}

async function writeList(
  { items, total }: FoundEntities,
  kind: EdgeKind,
  output: Output,
  { stdout, stderr }: Streams,
): Promise<void> {
  if (output === 'json') {
    const entities = items.map(({ entity }) => entity);
    await writeTo(stdout, write({ total, items: entities }, output));
    return;
  }
  if (output === 'yaml') {
    for (const { entity } of items)
      await writeTo(stdout, `---\n${write(entity, output)}`);
  } else if (output === 'name') {
    for (const { name } of items)
      await writeTo(stdout, `${entityRefOf(kind, name)}\n`);
  } else if (items.length > 0) {
    const columns = entityColumns(kind, output === 'wide');
    const rows = items.map(row => columns.map(column => column.of(row) ?? '-'));
    const headers = columns.map(({ header }) => header);
    await writeTo(stdout, table(headers, rows));
  }
  if (items.length === 0) await writeTo(stderr, 'nothing was found\n');
  if (items.length < total) {
    const [shown, all] = [items.length, total].map(count =>
      count.toLocaleString('en'),
    );
    await writeTo(stderr, `${shown} of ${all}\n`);
  }
}
