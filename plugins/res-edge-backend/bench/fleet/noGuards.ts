import { GuardStore } from '../../src/database';

/** Nothing was taken away, and nobody has said yes to anything. */
export const noGuards: GuardStore = {
  addLosses: async () => {},
  recentLosses: async () => ({
    applications: new Map(),
    namespaces: new Map(),
  }),
  expireLosses: async () => {},
  forgetLosses: async () => {},
  addSignOff: async () => {},
  signedOff: async () => ({ applications: new Map(), namespaces: new Map() }),
  keepSignedOff: async () => {},
  policies: async () => new Set(),
};
