// Packages have their own configuration (tools/lint/packageConfig.js); what stands here is for the scripts beside them.
module.exports = {
  root: true,
  overrides: [
    {
      files: ['tools/**/*.{js,mjs}', 'examples/**/*.ts'],
      extends: ['@spotify/eslint-config-base', 'prettier'],
      parser: '@typescript-eslint/parser',
      parserOptions: { ecmaVersion: 2022, sourceType: 'module' },
      env: { node: true, es2022: true },
      rules: {
        'no-console': 'off',
        'no-restricted-syntax': 'off',
        'no-undef': 'off',
      },
    },
    {
      files: ['examples/**/*.ts'],
      plugins: ['@typescript-eslint'],
      rules: {
        // The compiler says it better.
        'no-unused-vars': 'off',
        'no-shadow': 'off',
        '@typescript-eslint/no-shadow': 'error',
      },
    },
  ],
};
