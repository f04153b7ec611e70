import { RingPhase, RolloutPhase } from './Rollout';

/** One kind of step that can happen, and when. @public */
export interface PossibleMove<Phase> {
  readonly from: Phase;
  readonly to: Phase;
  readonly when: string;
}

/** All steps of a ring; docs/rollouts.md is written from the same. @public */
export const RING_MOVES: readonly PossibleMove<RingPhase>[] = [
  {
    from: 'waiting',
    to: 'rolling',
    when: 'main names the release for it: the rings before are done or skipped, and what needs a person has one; or a person did it',
  },
  { from: 'waiting', to: 'waiting', when: 'a person says that it may begin' },
  { from: 'waiting', to: 'skipped', when: 'a person skips it' },
  {
    from: 'rolling',
    to: 'soaking',
    when: 'enough of its clusters are healthy',
  },
  {
    from: 'soaking',
    to: 'rolling',
    when: 'not enough of its clusters are healthy any more',
  },
  {
    from: 'soaking',
    to: 'done',
    when: 'it has soaked, enough of its clusters are healthy, and its gates pass; or a person promotes the next one',
  },
  { from: 'rolling', to: 'done', when: 'a person promotes the next one' },
];

/** All steps of a rollout as a whole. @public */
export const ROLLOUT_MOVES: readonly PossibleMove<RolloutPhase>[] = [
  { from: 'running', to: 'paused', when: 'a person pauses it' },
  { from: 'paused', to: 'running', when: 'a person resumes it' },
  {
    from: 'running',
    to: 'stopped',
    when: 'too many clusters of a ring have failed, or one of its gates for too long, and the policy says stop',
  },
  { from: 'stopped', to: 'running', when: 'a person resumes it' },
  {
    from: 'running',
    to: 'rolling-back',
    when: 'too many clusters of a ring have failed, or one of its gates for too long, and the policy says roll back; or a person rolls it back',
  },
  { from: 'paused', to: 'rolling-back', when: 'a person rolls it back' },
  { from: 'stopped', to: 'rolling-back', when: 'a person rolls it back' },
  { from: 'aborted', to: 'rolling-back', when: 'a person rolls it back' },
  { from: 'done', to: 'rolling-back', when: 'a person rolls it back' },
  {
    from: 'rolling-back',
    to: 'rolled-back',
    when: 'no ring has the release on main, and no cluster has it any more; or a newer one has come to the first ring',
  },
  {
    from: 'running',
    to: 'done',
    when: 'all its rings are done or skipped',
  },
  {
    from: 'running',
    to: 'aborted',
    when: 'a person aborts it; or main names another release for a ring that had this one',
  },
  {
    from: 'paused',
    to: 'aborted',
    when: 'a person aborts it; or main names another release for a ring that had this one',
  },
  {
    from: 'stopped',
    to: 'aborted',
    when: 'a person aborts it; or main names another release for a ring that had this one',
  },
  {
    from: 'running',
    to: 'overtaken',
    when: 'the first ring gets another release',
  },
  {
    from: 'paused',
    to: 'overtaken',
    when: 'the first ring gets another release',
  },
  {
    from: 'stopped',
    to: 'overtaken',
    when: 'the first ring gets another release',
  },
  {
    from: 'aborted',
    to: 'overtaken',
    when: 'the first ring gets another release',
  },
];
