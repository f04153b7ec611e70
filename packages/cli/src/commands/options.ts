import { InvalidArgumentError, Option } from 'commander';

/** What the platform's configuration lets add-ons bring: of each command that builds what applications bring. @internal */
export const ALLOWED_KINDS_OPTION = new Option(
  '--allowed-kinds <file>',
  'a YAML file that says which kinds add-ons may bring, as resEdge.layout.allowedKinds does',
);

/** Where the server is and who asks it: of each command that needs one. @internal */
export const SERVER_OPTIONS: readonly Option[] = [
  new Option(
    '--server <url>',
    'the Backstage backend, or RESEDGE_SERVER; without it, that of the context',
  ),
  new Option(
    '--context <name>',
    'a context of the configuration; without it, the current one',
  ),
  new Option(
    '--token-file <file>',
    'a file with a Backstage token; without it, RESEDGE_TOKEN, then the token of the context',
  ),
];

/** Only what is not as it is wanted. @internal */
export const DRIFT_OPTION = new Option(
  '--drift',
  'only what is not as it is wanted; the exit status is 1 where there is any',
);

/** Why somebody does something: it is kept, and told to others. @internal */
export function reasonOption(): Option {
  return new Option('--reason <words>', 'why; it is kept, and others read it');
}

/** Which entities are meant. @internal */
export const LIST_OPTIONS: readonly Option[] = [
  new Option(
    '--filter <conditions>',
    'conditions on fields, such as spec.environment=prod,labels.ring; given again: or these',
  ).argParser(collect),
  new Option('--group <name>', 'only clusters in this group or below'),
  new Option(
    '--selector <selector>',
    'only clusters that this matches: CEL, the language of the original, or a mapping',
  ),
  new Option(
    '--search <words>',
    'only what has these words in name, title or labels',
  ),
  new Option('--limit <count>', 'at most so many; all without it').argParser(
    positiveInteger,
  ),
];

/** Files and folders of entities, one each time it is given. @internal */
export function fileOption(): Option {
  return new Option(
    '-f, --filename <path>',
    'a file or folder of entities, or - for standard input; may be given again',
  ).argParser(collect);
}

/** Nothing but words. @internal */
export const DRY_RUN_OPTION = new Option(
  '--dry-run',
  'write nothing, and say what would happen',
);

/** How it is written. @internal */
export const WRITE_OPTIONS: readonly Option[] = [
  DRY_RUN_OPTION,
  new Option('--atomic', 'all or nothing, in one request'),
];

/** Adds a value to those that an option had before. @internal */
export function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

/** A value of an option that is a whole number. @internal */
export function wholeNumber(value: string): number {
  if (!/^\d{1,15}$/.test(value))
    throw new InvalidArgumentError('It must be a whole number.');
  return Number(value);
}

/** One from 1. @internal */
export function positiveInteger(value: string): number {
  const number = wholeNumber(value);
  if (number === 0)
    throw new InvalidArgumentError('It must be a whole number from 1.');
  return number;
}
