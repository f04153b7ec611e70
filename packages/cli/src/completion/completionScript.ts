import { EDGE_KINDS } from '@res-edge/backstage-plugin-res-edge-common';
import { Command } from '../commands/Command';
import { KIND_WORDS } from '../online/parseKind';

const KINDS = EDGE_KINDS.map(kind => KIND_WORDS[kind][0]);
const CONTEXTS = '$(resedge config get-contexts -o name 2>/dev/null)';

const SHORT: Readonly<Record<string, string>> = {
  '--output': '-o',
  '--filename': '-f',
};

/**
 * A script for bash, and for zsh with its bashcompinit, that completes commands, options and their values, kinds, and
 * the names of contexts. It asks no server.
 *
 * @internal
 */
export function completionScript(commands: readonly Command[]): string {
  const first = unique(commands.map(({ name }) => name.split(' ')[0]));
  const families = first.filter(word =>
    commands.some(({ name }) => name.startsWith(`${word} `)),
  );
  return `_resedge() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local command="\${COMP_WORDS[1]}" position="$COMP_CWORD" words=""
  COMPREPLY=()
  if [ "$position" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${first.join(' ')} help" -- "$current"))
    return
  fi
${families
  .map(word => familyCase(word, commands))
  .join('')}  case "$command $previous" in
${commands.map(valueCases).join('')}  esac
  case "$command" in
${commands.map(wordCase).join('')}  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  case "$current" in
    -*) ;;
    *) [ -n "\${COMPREPLY[*]}" ] || COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _resedge resedge
`;
}

/** The second word of commands that have one. */
function familyCase(word: string, commands: readonly Command[]): string {
  const seconds = commands.flatMap(({ name }) =>
    name.startsWith(`${word} `) ? [name.slice(word.length + 1)] : [],
  );
  return `  if [ "$command" = ${word} ]; then
    if [ "$position" -eq 2 ]; then
      COMPREPLY=($(compgen -W "${seconds.join(' ')}" -- "$current"))
      return
    fi
    command="$command \${COMP_WORDS[2]}"
    position=$((position - 1))
  fi
`;
}

/** What may follow an option. */
function valueCases({ name, outputs, options }: Command): string {
  const values = options.flatMap(({ long, required }) => {
    if (!required) return [];
    return [[long!, valueOf(long!)] as const];
  });
  if (outputs.length > 0)
    values.push(['--output', words(['table', ...outputs].join(' '))]);
  return values
    .map(([option, action]) => {
      const short = SHORT[option];
      const patterns = [option, ...(short ? [short] : [])].map(
        each => `"${name} ${each}"`,
      );
      return `    ${patterns.join(' | ')}) ${action}; return ;;\n`;
    })
    .join('');
}

function valueOf(option: string): string {
  if (option === '--context') return words(CONTEXTS);
  if (['--token-file', '--out', '--filename', '--mapping'].includes(option))
    return 'COMPREPLY=($(compgen -f -- "$current"))';
  if (option === '--engine') return words('flux argocd');
  if (option === '--transport') return words('git oci');
  return 'COMPREPLY=()';
}

function words(list: string): string {
  return `COMPREPLY=($(compgen -W "${list}" -- "$current"))`;
}

/** The options of a command, and what its first argument may be. */
function wordCase({ name, outputs, options, usages }: Command): string {
  const flags = [
    ...options.map(({ long }) => long),
    ...(outputs.length > 0 ? ['--output'] : []),
    '--help',
  ].join(' ');
  const first = firstArguments(name, usages);
  const argument =
    first === '' ? '' : `[ "$position" -eq 2 ] && words="${first}"; `;
  return `    "${name}") ${argument}case "$current" in -*) words="${flags}" ;; esac ;;\n`;
}

function firstArguments(name: string, usages: Command['usages']): string {
  if (usages.some(([argument]) => argument === 'KIND')) return KINDS.join(' ');
  if (name === 'completion') return 'bash zsh';
  return /^config (?:use|delete|set)-context$/.test(name) ? CONTEXTS : '';
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
