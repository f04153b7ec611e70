import { Drift, Guard } from '@res-edge/backstage-plugin-res-edge-common';
import { StoredChangeRequest, StoredPlan } from '../database';
import { Limits } from '../readOptions';
import { PullOptions } from '../readPullOptions';

const totals = { won: 1, lost: 0, changed: 0, refused: 0, bills: 1 };
const none = { count: 0, sample: [], byGroup: [] };

/** A plan that the automation saved. @internal */
export const testPlan: StoredPlan = {
  id: 'plan-1',
  createdAt: '2026-11-20T12:00:00.000Z',
  cause: 'inventory',
  mainCommit: 'c0ffee',
  inventoryRevision: 3,
  totals,
  effects: [
    {
      kind: 'application',
      name: 'imdb',
      won: { count: 1, sample: ['tx-austin-1'], byGroup: [] },
      lost: none,
      changed: none,
      refused: none,
    },
  ],
  problems: [],
};

/** An open change request with that plan. @internal */
export const testChangeRequest: StoredChangeRequest = {
  id: 'imdb',
  intent: 'edgeapplication:default/imdb',
  title: 'imdb 1.0.1',
  description: 'From 1.0.0',
  state: 'open',
  branch: 'res-edge/imdb',
  baseCommit: 'base',
  headCommit: 'head',
  digest: 'd1',
  planId: 'plan-1',
  requestedBy: 'url:https://example.org/apps.yaml',
  approvals: {
    policies: [
      {
        name: 'two-people',
        spec: {
          type: 'approval',
          steps: [{ from: ['user:default/mock'], count: 2 }],
        },
      },
    ],
    involved: [],
  },
  totals,
  createdAt: '2026-11-20T12:00:00.000Z',
  updatedAt: '2026-11-20T12:00:00.000Z',
};

/** A change by hand of that application. @internal */
export const testDrift: Drift = {
  entity: 'edgeapplication:default/imdb',
  kind: 'EdgeApplication',
  name: 'imdb',
  digest: 'd1',
  commits: [
    {
      commit: 'c0ffee',
      author: 'Ann',
      date: '2026-11-20T03:00:00.000Z',
      subject: 'Revert',
    },
  ],
  paths: ['apps/imdb/release.yaml'],
  readable: true,
};

/** Losses of that application that wait. @internal */
export const testGuard: Guard = {
  id: 'g1',
  scope: 'application',
  name: 'imdb',
  lost: 12,
  before: 2,
  total: 20,
  losses: [
    {
      kind: 'application',
      name: 'imdb',
      clusters: { count: 10, sample: ['tx-austin-1'], byGroup: [] },
      gone: [],
    },
  ],
};

/** From where clusters pull. @internal */
export const testPull: PullOptions = {
  engine: 'flux',
  transport: 'git',
  url: 'https://git.example.com/fleet.git',
};

/** As they are where nothing is configured, but small. @internal */
export const testLimits: Limits = {
  body: 200_000,
  batchBody: 2_000_000,
  batch: 5_000,
  page: 1_000,
  expand: 200,
  depth: 20,
  selectorSteps: 100_000,
};

/** Both, as the API takes them. @internal */
export const testSettings = { limits: testLimits, pull: testPull };
