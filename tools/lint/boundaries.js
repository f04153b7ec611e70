// Which of the workspace's packages each one may import: docs/architecture.md says why. Arrows run one way.
const COMMON = '@res-edge/backstage-plugin-res-edge-common';
const ENGINE = '@res-edge/backstage-plugin-res-edge-engine';
const NODE = '@res-edge/backstage-plugin-res-edge-node';
const BACKEND = '@res-edge/backstage-plugin-res-edge-backend';
const CATALOG = '@res-edge/backstage-plugin-catalog-backend-module-res-edge';
const SCAFFOLDER =
  '@res-edge/backstage-plugin-scaffolder-backend-module-res-edge';
const POLICY = '@res-edge/backstage-plugin-permission-backend-module-res-edge';
const FRONTEND = '@res-edge/backstage-plugin-res-edge';
const CLI = '@res-edge/cli';
const SIMULATOR = '@res-edge/simulator';

/** Package to the packages of ours that it may import. */
const MAY_IMPORT = {
  [COMMON]: [],
  [ENGINE]: [COMMON],
  [NODE]: [COMMON],
  [BACKEND]: [COMMON, ENGINE, NODE],
  [CATALOG]: [COMMON, NODE],
  [SCAFFOLDER]: [COMMON, ENGINE, NODE],
  [POLICY]: [COMMON, NODE],
  [FRONTEND]: [COMMON],
  [CLI]: [COMMON, ENGINE, NODE],
  [SIMULATOR]: [ENGINE],
  app: [FRONTEND],
  // The simulated fleet in tests alone.
  backend: [BACKEND, CATALOG, COMMON, POLICY, SCAFFOLDER, SIMULATOR],
};

/** The packages that decide, and run anywhere: no I/O, no clock, no chance. */
const PURE = [COMMON, ENGINE];

const FRONTEND_RUNTIME = [
  '@backstage/core-*',
  '@backstage/frontend-*',
  '@backstage/ui',
  'react',
];
const BACKEND_RUNTIME = ['@backstage/backend-*', 'express', 'knex'];

module.exports = { MAY_IMPORT, PURE, FRONTEND_RUNTIME, BACKEND_RUNTIME };
