import { Condition } from './Condition';
import { MAX_DEPTH, checkLength } from './limits';
import { SelectorError } from './SelectorError';

/** A word, a parenthesis or a path, with the offset of its first character. */
interface Token {
  readonly text: string;
  readonly position: number;
  /** The segments of a path, quotes taken off. */
  readonly segments?: readonly {
    readonly text: string;
    readonly quoted: boolean;
  }[];
}

class OriginalParser {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly end: number,
  ) {}

  parse(): Condition {
    const whole = this.or();
    const rest = this.tokens[this.at];
    if (rest)
      this.fail(
        `'${rest.text}' is not expected here; 'and' or 'or' joins two conditions`,
        rest,
      );
    return whole;
  }

  private or(): Condition {
    const parts = [this.and()];
    while (this.take('or')) parts.push(this.and());
    return parts.length === 1 ? parts[0] : { kind: 'or', parts };
  }

  private and(): Condition {
    const parts = [this.not()];
    while (this.take('and')) parts.push(this.not());
    return parts.length === 1 ? parts[0] : { kind: 'and', parts };
  }

  private not(): Condition {
    let negated = false;
    while (this.take('not')) negated = !negated;
    const part = this.term();
    return negated ? { kind: 'not', part } : part;
  }

  private term(): Condition {
    const token = this.tokens[this.at];
    if (!token)
      this.fail('The selector ends where a condition is expected', undefined);
    this.at++;
    if (token.segments) return condition(token, token.segments);
    if (token.text !== '(')
      this.fail(
        `'${token.text}' is not expected here; a condition begins with /g/, /m/, /c/ or /n/`,
        token,
      );
    if (++this.depth > MAX_DEPTH)
      this.fail(
        `The selector is nested too deeply; at most ${MAX_DEPTH} levels are allowed`,
        token,
      );
    const inner = this.or();
    if (!this.take(')'))
      this.fail(
        `A ')' is missing for the '(' at ${token.position}`,
        this.tokens[this.at],
      );
    this.depth--;
    return inner;
  }

  private take(text: string): boolean {
    const token = this.tokens[this.at];
    if (!token || token.segments || token.text !== text) return false;
    this.at++;
    return true;
  }

  private fail(message: string, token: Token | undefined): never {
    throw new SelectorError(message, { position: token?.position ?? this.end });
  }
}

/** Whether a string is in the language of the original: it starts with `/` behind `(` and `not`. @internal */
export function isOriginal(text: string): boolean {
  return /^(?:\s|\(|not(?=[\s(/]))*\//.test(text);
}

/**
 * Reads the language of the original: `/g/stores/central or not (/m/ring/beta and /c/"a b")`.
 *
 * @internal
 */
export function parseOriginal(text: string): Condition {
  checkLength(text);
  const parser = new OriginalParser(tokenize(text), text.length);
  return parser.parse();
}

function condition(
  token: Token,
  segments: NonNullable<Token['segments']>,
): Condition {
  const place = { position: token.position };
  const [kind, ...rest] = segments;
  const words = rest.map(segment => segment.text);
  const only = (form: string): string => {
    if (words.length !== 1)
      throw new SelectorError(
        `'${token.text}' is not of the form ${form}; quote a name with slashes`,
        place,
      );
    return words[0];
  };
  if (words.length === 0 || words.some(word => word === '')) {
    throw new SelectorError(
      `'${token.text}' lacks a name; the forms are /g/path, /m/key/value, /c/name, /n/name`,
      place,
    );
  }
  switch (kind.text) {
    case 'g':
      return { kind: 'group', name: words.join('.'), place };
    case 'm':
      if (words.length !== 2)
        throw new SelectorError(
          `'${token.text}' is not of the form /m/key/value; quote a value with slashes`,
          place,
        );
      return { kind: 'text', key: words[0], values: [words[1]] };
    case 'c':
      if (rest.length === 1 && words[0] === '*' && !rest[0].quoted)
        return { kind: 'constant', value: true };
      return { kind: 'cluster', name: only('/c/name'), place };
    case 'n':
      return { kind: 'namespace', name: only('/n/name'), place };
    default:
      throw new SelectorError(
        `'/${kind.text}' is not known; allowed are /g/, /m/, /c/ and /n/`,
        place,
      );
  }
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at];
    if (/\s/.test(character)) at++;
    else if (character === '(' || character === ')') {
      tokens.push({ text: character, position: at });
      at++;
    } else if (character === '/') {
      const token = readPath(text, at);
      tokens.push(token);
      at += token.text.length;
    } else {
      const word = /^[^\s()/]+/.exec(text.slice(at, at + 64))![0];
      if (!['and', 'or', 'not'].includes(word)) {
        throw new SelectorError(
          `'${word}' is not expected here; words are 'and', 'or' and 'not', in small letters`,
          { position: at },
        );
      }
      tokens.push({ text: word, position: at });
      at += word.length;
    }
  }
  return tokens;
}

/** Reads `/a/"b c"/d`: segments up to white space or a parenthesis; a quoted one may hold anything but its quote. */
function readPath(text: string, start: number): Token {
  const segments: { text: string; quoted: boolean }[] = [];
  let at = start;
  while (text[at] === '/') {
    at++;
    const quote = text[at];
    if (quote === '"' || quote === "'") {
      const close = text.indexOf(quote, at + 1);
      if (close < 0)
        throw new SelectorError(`The quote ${quote} is not closed`, {
          position: at,
        });
      segments.push({ text: text.slice(at + 1, close), quoted: true });
      at = close + 1;
    } else {
      const from = at;
      while (at < text.length && !/[\s()/"']/.test(text[at])) at++;
      segments.push({ text: text.slice(from, at), quoted: false });
    }
  }
  if (at < text.length && /["']/.test(text[at])) {
    throw new SelectorError(
      'A quote stands at the beginning of a segment or not at all',
      { position: at },
    );
  }
  return { text: text.slice(start, at), position: start, segments };
}
