import {
  ApplicationSelector,
  PolicySpec,
  RES_EDGE_API_VERSION,
} from '@res-edge/backstage-plugin-res-edge-common';
import { yamlDocuments } from '@res-edge/backstage-plugin-res-edge-engine';
import { Option } from 'commander';
import { parseSelectorArgument } from '../../fleet/parseSelectorArgument';
import { connect } from '../../online/connect';
import { writeMany } from '../../online/writeMany';
import { UsageError } from '../../UsageError';
import { Call } from '../Command';
import { collect, DRY_RUN_OPTION, SERVER_OPTIONS } from '../options';

/** What a freeze and an override have in common. @internal */
export function policyOptions(start: string): Option[] {
  return [
    new Option(
      '--clusters <selector>',
      'which clusters: CEL, the language of the original, or a mapping',
    ).makeOptionMandatory(),
    new Option(
      '--application <name>',
      'this application alone; given again: or that one',
    ).argParser(collect),
    new Option(
      '--namespace <name>',
      'applications of this namespace alone; given again: or of that one',
    ).argParser(collect),
    new Option('--start <time>', start),
    new Option(
      '--end <time>',
      'until when, such as 2026-12-01T00:00 or with an offset',
    ).makeOptionMandatory(),
    new Option(
      '--time-zone <zone>',
      'of --start and --end; that of each cluster without it',
    ),
    new Option('--reason <words>', 'why').makeOptionMandatory(),
    new Option('--title <words>', 'a title for people'),
    DRY_RUN_OPTION,
    ...SERVER_OPTIONS,
  ];
}

/** What the common options say. @internal */
export function policyFields({ options }: Call) {
  const { application, namespace, start, end, timeZone } = options;
  const applications: ApplicationSelector = {
    ...(application && { names: [...application] }),
    ...(namespace && { namespaces: [...namespace] }),
  };
  return {
    ...(Object.keys(applications).length > 0 && { applications }),
    clusters: parseSelectorArgument(options.clusters!),
    ...(start !== undefined && { start }),
    end: end!,
    ...(timeZone !== undefined && { timeZone }),
    reason: options.reason!,
  };
}

/**
 * A mapping of the command line, in YAML or JSON.
 *
 * @throws UsageError where it is none
 * @internal
 */
export function parseMapping(text: string, option: string): object {
  const [{ value, problem } = {}, ...others] = yamlDocuments(text);
  if (
    others.length > 0 ||
    typeof value !== 'object' ||
    value === null ||
    Array.isArray(value)
  )
    throw new UsageError(
      `${option} is no mapping${problem ? `: ${problem.message}` : ''}`,
    );
  return value;
}

/**
 * Registers a policy, new or as it is there already.
 *
 * @returns the exit status
 * @internal
 */
export async function createPolicy(
  spec: PolicySpec,
  call: Call,
): Promise<number> {
  const [name] = call.positionals;
  const { title } = call.options;
  const entity = {
    apiVersion: RES_EDGE_API_VERSION,
    kind: 'EdgePolicy',
    metadata: { name, ...(title !== undefined && { title }) },
    spec: { ...spec },
  };
  return writeMany(
    connect(call),
    [{ action: 'create', kind: 'EdgePolicy', name, entity }],
    call,
  );
}
