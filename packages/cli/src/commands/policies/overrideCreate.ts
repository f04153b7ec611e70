import { Option } from 'commander';
import { UsageError } from '../../UsageError';
import { Command } from '../Command';
import { collect } from '../options';
import { createPolicy, policyFields, policyOptions } from './policyOptions';

/** `resedge override create NAME`. @internal */
export const overrideCreate: Command = {
  name: 'override create',
  usages: [['NAME']],
  outputs: ['json', 'name'],
  options: [
    new Option(
      '--lift <policy>',
      'a window or freeze that does not hold; given again: and that one',
    )
      .argParser(collect)
      .conflicts('pinVersion'),
    new Option(
      '--pin-version <version>',
      'the version that the applications run on these clusters',
    ),
    ...policyOptions('from when; from its merge on without it'),
  ],
  summary: 'lift windows and freezes, or pin a version, for a while',
  description: `
It holds once a person has merged its change request, wherever it is registered.`,
  examples: [
    "resedge override create price-error --lift black-friday --lift store-hours --clusters '{include: [central-tx-atx-2301]}' --application imdb --end 2026-11-27T03:00 --reason 'A price error'",
    "resedge override create imdb-1-4-1 --pin-version 1.4.1 --clusters /g/stores/west --application imdb --end 2026-12-01T00:00 --reason 'The new one waits for scanners'",
  ],
  async run(call) {
    const { lift, pinVersion } = call.options;
    if (!lift && pinVersion === undefined)
      throw new UsageError('give --lift or --pin-version');
    return createPolicy(
      {
        type: 'override',
        ...(lift && { lifts: [...lift] }),
        ...(pinVersion !== undefined && { pins: { version: pinVersion } }),
        ...policyFields(call),
      },
      call,
    );
  },
};
