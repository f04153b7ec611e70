import { Option } from 'commander';
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
      .makeOptionMandatory(),
    ...policyOptions('from when; from its merge on without it'),
  ],
  summary: 'lift windows and freezes for a while',
  description: `
It holds once a person has merged its change request, wherever it is registered.`,
  examples: [
    "resedge override create price-error --lift black-friday --lift store-hours --clusters '{include: [central-tx-atx-2301]}' --application imdb --end 2026-11-27T03:00 --reason 'A price error'",
  ],
  async run(call) {
    const { lift = [] } = call.options;
    return createPolicy(
      { type: 'override', lifts: [...lift], ...policyFields(call) },
      call,
    );
  },
};
