const BEGIN =
  '<!-- res-edge: written anew by Res-Edge; what stands outside stays -->';
const END = '<!-- /res-edge -->';

/** Puts Res-Edge's part of a text between its marks, where it was, or before all else. @internal */
export function markText(current: string, own: string): string {
  const { before, after } = partsOf(current);
  // What comes from entities may hold a mark, too, and would end the part.
  const text = own.trim().replaceAll('<!--', '<! --');
  return `${before}${BEGIN}\n${text}\n${END}${after}`;
}

/** Res-Edge's part of a text. @internal */
export function unmarkText(current: string): string {
  return partsOf(current).own.trim();
}

function partsOf(text: string) {
  // GitHub's forms send lines that end in CR LF.
  const lines = text.replace(/\r\n/g, '\n');
  const begin = lines.indexOf(BEGIN);
  const end = lines.indexOf(END, begin);
  if (begin < 0 || end < 0)
    return { before: '', own: '', after: lines && `\n\n${lines}` };
  return {
    before: lines.slice(0, begin),
    own: lines.slice(begin + BEGIN.length, end),
    after: lines.slice(end + END.length),
  };
}
