// The lint rules of one package: Backstage's own for its role, and this workspace's boundaries.
const path = require('node:path');
const { builtinModules } = require('node:module');
const createPackageConfig = require('@backstage/cli/config/eslint-factory');
const {
  MAY_IMPORT,
  PURE,
  FRONTEND_RUNTIME,
  BACKEND_RUNTIME,
} = require('./boundaries');

/** Digests are a pure function. */
const PURE_BUILTINS = ['crypto'];

const PURE_SYNTAX = [
  {
    selector:
      "CallExpression[callee.object.name='Date'][callee.property.name='now'], NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'This package has no clock of its own: take the time as an input.',
  },
  {
    selector:
      "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'This package knows no chance: the same input, the same output.',
  },
];

const ORDER_SYNTAX = [
  {
    selector: "CallExpression[callee.property.name='localeCompare']",
    message:
      'Sort by code unit: the order must be the same on every machine, whatever its language.',
  },
];

function forbiddenPackages(name) {
  const allowed = MAY_IMPORT[name];
  if (!allowed) {
    throw new Error(
      `tools/lint/boundaries.js does not name the package ${name}`,
    );
  }
  return Object.keys(MAY_IMPORT).filter(
    other => other !== name && !allowed.includes(other),
  );
}

function restrictedPaths(name) {
  return forbiddenPackages(name).flatMap(other =>
    [other, `${other}/alpha`].map(specifier => ({
      name: specifier,
      message: `${name} may not import ${other}: see tools/lint/boundaries.js.`,
    })),
  );
}

function restrictedBuiltins(name) {
  if (!PURE.includes(name)) return [];
  return builtinModules
    .filter(builtin => !PURE_BUILTINS.includes(builtin))
    .flatMap(builtin => [builtin, `node:${builtin}`])
    .map(builtin => ({
      name: builtin,
      message: `${name} does no I/O.`,
    }));
}

function restrictedRuntimes(name, role) {
  if (PURE.includes(name)) return [...FRONTEND_RUNTIME, ...BACKEND_RUNTIME];
  return role.startsWith('frontend') ? BACKEND_RUNTIME : FRONTEND_RUNTIME;
}

module.exports = function packageConfig(folder) {
  const { name, backstage } = require(path.join(folder, 'package.json'));
  return createPackageConfig(folder, {
    restrictedImports: restrictedPaths(name),
    restrictedSrcImports: restrictedBuiltins(name),
    restrictedImportPatterns: restrictedRuntimes(name, backstage.role),
    restrictedSrcSyntax: [
      ...ORDER_SYNTAX,
      ...(PURE.includes(name) ? PURE_SYNTAX : []),
    ],
    overrides: [
      {
        // Browser tests run in Node, beside the package, with the tools of the workspace.
        files: ['e2e-tests/**'],
        rules: {
          '@backstage/no-relative-monorepo-imports': 'off',
          '@backstage/no-undeclared-imports': 'off',
          'no-restricted-imports': 'off',
        },
      },
      {
        // Benchmarks and demos share fleets, which are no part of any package.
        files: ['bench/**', 'demo/**'],
        rules: {
          '@backstage/no-relative-monorepo-imports': 'off',
        },
      },
    ],
  });
};
