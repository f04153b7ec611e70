import { markText, unmarkText } from './markText';

it("a part of a text stays one, whatever stands in it, and leaves people's words alone", () => {
  const own = 'It says `<!-- /res-edge -->` and goes on';
  const written = markText('Please look', own);
  const [, after] = written.split('<!-- /res-edge -->');
  expect(after.trim()).toBe('Please look');
  expect(unmarkText(written)).toBe('It says `<! -- /res-edge -->` and goes on');
  // The next run finds nothing to change.
  expect(markText(written, own)).toBe(written);
});
