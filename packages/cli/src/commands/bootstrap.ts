import { ClusterBootstrap } from '@res-edge/backstage-plugin-res-edge-common';
import { Option } from 'commander';
import { connect } from '../online/connect';
import { SafeWriter } from '../output/SafeWriter';
import { writeTo } from '../terminal/Streams';
import { printable } from '../terminal/table';
import { UsageError } from '../UsageError';
import { Command } from './Command';
import { SERVER_OPTIONS } from './options';

/** `resedge bootstrap CLUSTER`. @internal */
export const bootstrap: Command = {
  name: 'bootstrap',
  usages: [['CLUSTER']],
  outputs: ['json'],
  options: [
    ...SERVER_OPTIONS,
    new Option(
      '--engine <engine>',
      'what delivers on the cluster; without it, what it is registered with',
    ).choices(['flux', 'argocd']),
    new Option(
      '--transport <transport>',
      'what the cluster follows: a branch, or an OCI artifact; without it, what is configured',
    ).choices(['git', 'oci']),
    new Option('--out <dir>', 'a folder for the files; it need not exist'),
  ],
  summary: 'show what has to be done on a cluster itself, once',
  description: `
Plain YAML for Flux or Argo CD, and for Flux with Git what Azure Arc makes of it.
There is no secret in it: docs/bootstrap.md says which the cluster needs.`,
  examples: [
    'resedge bootstrap central-tx-atx-2301',
    'resedge bootstrap central-tx-atx-2301 --engine argocd --out store-2301',
  ],
  async run(call) {
    const { positionals, options, json, streams } = call;
    const [name] = positionals;
    const { engine, transport, out } = options;
    if (out === '') throw new UsageError('--out is empty');
    const found = await connect(call).getClusterBootstrap({
      ...{ name, engine, transport },
    });
    if (out !== undefined) write(out, found);
    const text = json
      ? `${JSON.stringify(found, undefined, 2)}\n`
      : textOf(found, out);
    await writeTo(streams.stdout, text);
    return 0;
  },
};

/** Names of files come from the server, so that they are written as those of a plan are. */
function write(folder: string, { files }: ClusterBootstrap): void {
  const writer = SafeWriter.create(folder);
  for (const { name, content } of files) writer.write(name, content);
}

function textOf(
  { cluster, branch, tag, url, files, secret, problems = [] }: ClusterBootstrap,
  out: string | undefined,
): string {
  const from = `# ${cluster} follows ${tag ?? branch} of ${url}`;
  const by = secret === undefined ? '' : `, and reads it by Secret ${secret}`;
  const parts = files.map(({ name, purpose, content }) => {
    const head = `# ${name}\n# ${purpose}`;
    const body = out === undefined ? content.trimEnd().split('\n') : [];
    return [...head.split('\n'), ...body].map(printable).join('\n');
  });
  const known = problems.map(({ entity, field, message }) =>
    printable(`# Problem of ${entity}, ${field}: ${message}`),
  );
  return `${[printable(from + by), ...known, ...parts].join('\n\n')}\n`;
}
