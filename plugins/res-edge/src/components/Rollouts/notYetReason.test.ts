import {
  Rollout,
  RolloutPhase,
} from '@res-edge/backstage-plugin-res-edge-common';
import { notYetReason } from './notYetReason';

const since = '2026-11-20T10:00:00Z';
const rollout: Rollout = {
  ...{ id: 'r1', application: 'imdb', version: '1.4.2', release: 'abc' },
  ...{ phase: 'running', since, startedAt: since },
  rings: [
    { name: 'beta', phase: 'done', since },
    { name: 'pilot', phase: 'rolling', since },
    { name: 'prod', phase: 'waiting', since, needsApproval: true },
    { name: 'rest', phase: 'skipped', since },
  ],
};
const old = { delivered: '1.4.1' };
const closed = ["Window 'store-hours' is closed"];

describe('why a cluster does not have what is rolled out', () => {
  it.each([
    [
      'prod',
      'ring prod has not begun: pilot is rolling; then a person has to say that it may begin',
    ],
    ['pilot', 'ring pilot is rolling; it is about to come'],
    ['rest', 'ring rest was skipped'],
    ['unknown', undefined],
  ])('in ring %s', (ring, expected) => {
    expect(notYetReason({ ...old, ring }, rollout)).toBe(expected);
  });

  it('names what a change waits for', () => {
    expect(
      notYetReason({ ...old, ring: 'beta', reasons: closed }, rollout),
    ).toBe("ring beta is done; Window 'store-hours' is closed");
  });

  it('says that a person is asked, where nothing else comes first', () => {
    const rings = rollout.rings.map(ring =>
      ring.name === 'pilot' ? { ...ring, phase: 'done' as const } : ring,
    );
    expect(notYetReason({ ...old, ring: 'prod' }, { ...rollout, rings })).toBe(
      'ring prod has not begun: a person has to say that 1.4.2 may come to it',
    );
    const approved = rings.map(ring => ({ ...ring, approved: true }));
    expect(
      notYetReason({ ...old, ring: 'prod' }, { ...rollout, rings: approved }),
    ).toBe('ring prod has not begun: it is next');
  });

  it('names the gates that keep the ring before', () => {
    const gate = { type: 'prometheus', since };
    const rings = rollout.rings.map(ring => ({
      ...ring,
      phase: ring.name === 'pilot' ? ('soaking' as const) : ring.phase,
      gates: [
        { ...gate, name: 'errors', state: 'failing' as const, message: '3%' },
        { ...gate, name: 'load', state: 'passing' as const, message: '1' },
      ],
    }));
    expect(notYetReason({ ...old, ring: 'prod' }, { ...rollout, rings })).toBe(
      'ring prod has not begun: pilot is soaking (gate errors: 3%); then a person has to say that it may begin',
    );
  });

  it('says that it is paused, and why', () => {
    const move = { at: since, from: 'running', to: 'paused' };
    const paused: Rollout = {
      ...{ ...rollout, phase: 'paused' },
      lastMove: { ...move, cause: 'Tills are slow' },
    };
    expect(notYetReason({ ...old, ring: 'pilot' }, paused)).toBe(
      'The rollout is paused (Tills are slow); ring pilot is rolling; it is about to come',
    );
  });

  it('says what is taken back and still there', () => {
    const back: Rollout = { ...rollout, phase: 'rolling-back' };
    const there = { delivered: '1.4.2', ring: 'beta' };
    expect(notYetReason({ ...there, reasons: closed }, back)).toBe(
      "1.4.2 is taken back; Window 'store-hours' is closed",
    );
    expect(notYetReason({ ...old, ring: 'beta' }, back)).toBeUndefined();
  });

  it('says nothing where it is there, or the rollout has ended', () => {
    const there = { delivered: '1.4.2', ring: 'beta' };
    expect(notYetReason(there, rollout)).toBeUndefined();
    const ends: RolloutPhase[] = ['done', 'rolled-back', 'overtaken'];
    for (const phase of ends)
      expect(
        notYetReason({ ...old, ring: 'prod' }, { ...rollout, phase }),
      ).toBeUndefined();
  });
});
