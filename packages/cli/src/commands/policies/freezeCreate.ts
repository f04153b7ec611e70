import { PolicyException } from '@res-edge/backstage-plugin-res-edge-common';
import { Option } from 'commander';
import { UsageError } from '../../UsageError';
import { Command } from '../Command';
import { collect } from '../options';
import {
  createPolicy,
  parseMapping,
  policyFields,
  policyOptions,
} from './policyOptions';

/** `resedge freeze create NAME`. @internal */
export const freezeCreate: Command = {
  name: 'freeze create',
  usages: [['NAME']],
  outputs: ['json', 'name'],
  options: [
    ...policyOptions('from when, such as 2026-11-26T00:00; it has to be given'),
    new Option(
      '--except <mapping>',
      'what is not frozen all the same, such as {clusters: {groups: [labs]}}; may be given again',
    ).argParser(collect),
  ],
  summary: 'keep all changes from some clusters for a while',
  description: `
It holds once main has it: where changes are reviewed, by a change request.
It wins over windows; an override lifts it.`,
  examples: [
    "resedge freeze create black-friday --clusters '{groups: [geo.us]}' --start 2026-11-26T00:00 --end 2026-12-01T00:00 --reason 'Black Friday'",
    "resedge freeze create stocktaking --clusters 'cluster.labels.ring == \"prod\"' --namespace point-of-sale --start 2026-12-31T18:00 --end 2027-01-01T12:00 --time-zone America/Chicago --except '{clusters: {groups: [labs]}}' --reason Stocktaking",
  ],
  async run(call) {
    const { start, except = [] } = call.options;
    if (start === undefined) throw new UsageError('give --start');
    const exceptions = except.map(
      text => parseMapping(text, '--except') as PolicyException,
    );
    return createPolicy(
      {
        type: 'freeze',
        ...policyFields(call),
        start,
        ...(exceptions.length > 0 && { except: exceptions }),
      },
      call,
    );
  },
};
