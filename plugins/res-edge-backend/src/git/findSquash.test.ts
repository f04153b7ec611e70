import { author, TestRepository } from './__testUtils__/TestRepository';

const LINES = 'one\ntwo\nthree\nfour\nfive\n';

let test: TestRepository;
let proposal: string;

beforeEach(async () => {
  test = await TestRepository.create();
  await test.commit('main', { a: LINES, b: LINES });
  proposal = await test.branchOff('proposal', 'main', {
    a: LINES.replace('one', 'ONE'),
    b: undefined,
    c: 'new',
  });
});

afterEach(() => test.remove());

const SQUASH = { a: LINES.replace('one', 'ONE'), b: undefined, c: 'new' };
const tip = async () => (await test.repository.resolve('main'))!;
const found = async () => test.repository.mergeOf(proposal, await tip());

describe('mergeOf a commit that is squashed or rebased', () => {
  it('is the commit that brings the same, whoever wrote it and whatever it says', async () => {
    expect(await found()).toBeUndefined();
    await test.commit('main', { d: 'other' });
    const squash = await test.commit('main', SQUASH, {
      author: { ...author, name: 'Ann' },
      message: 'Quick fix',
    });
    await test.commit('main', { c: 'newer' });
    expect(await found()).toBe(squash);
  });

  it('is what merges with what main had meanwhile', async () => {
    const five = LINES.replace('five', 'FIVE');
    await test.commit('main', { a: five });
    const squash = await test.commit('main', {
      ...SQUASH,
      a: five.replace('one', 'ONE'),
    });
    expect(await found()).toBe(squash);
  });

  it.each([
    ['more', { ...SQUASH, d: 'more' }],
    ['less', { a: SQUASH.a, b: undefined }],
    ['something else', { ...SQUASH, c: 'other' }],
  ])('is none that brings %s', async (_, contents) => {
    await test.commit('main', contents);
    expect(await found()).toBeUndefined();
  });

  it('is none where it would conflict, and what brings the rest where main had a part of it', async () => {
    const two = await test.commit('main', { a: LINES.replace('one', 'two') });
    await test.commit('main', SQUASH);
    expect(await found()).toBeUndefined();
    await test.repository.setBranch('main', two, await tip());
    await test.commit('main', { a: SQUASH.a });
    const rest = await test.commit('main', SQUASH);
    await test.commit('main', { c: 'newer' });
    expect(await found()).toBe(rest);
  });

  it('is none of a commit that is not here', async () => {
    const unknown = '1'.repeat(40);
    expect(await test.repository.mergeOf(unknown, await tip())).toBe(undefined);
  });
});
