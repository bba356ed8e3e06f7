import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** What each library may import: the table of docs/architecture.md, enforced. */
const libraryRows = {
  contracts: [],
  errors: [],
  config: [],
  telemetry: ['config'],
  database: ['telemetry'],
  identity: ['errors', 'config', 'contracts'],
  rpc: ['telemetry', 'contracts', 'errors', 'identity'],
  http: ['telemetry', 'errors', 'identity'],
  messaging: ['telemetry', 'database', 'contracts', 'errors'],
  chassis: [
    'contracts',
    'errors',
    'config',
    'telemetry',
    'database',
    'identity',
    'rpc',
    'http',
    'messaging',
  ],
  testing: [
    'dev',
    'contracts',
    'errors',
    'config',
    'telemetry',
    'database',
    'identity',
    'rpc',
    'http',
    'messaging',
    'chassis',
  ],
};

const depConstraints = [
  ...Object.entries(libraryRows).map(([lib, allowed]) => ({
    sourceTag: `lib:${lib}`,
    onlyDependOnLibsWithTags: [lib, ...allowed].flatMap((name) =>
      name === 'dev' ? ['type:tool'] : [`lib:${name}`],
    ),
  })),
  { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:lib'] },
  { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['type:tool', 'type:lib'] },
  { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: ['type:tool', 'type:lib'] },
];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.data/**', 'libs/contracts/src/generated/**'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, prettier],
    plugins: { '@nx': nx },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { enforceBuildableLibDependency: false, allow: [], depConstraints },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // Our interfaces are records of functions that do not use `this`; taking one apart is normal here.
      '@typescript-eslint/unbound-method': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // ADR 3: kafkajs lives behind libs/messaging. Tests and the black-box reader of e2e speak Kafka themselves.
    files: ['**/*.ts'],
    ignores: ['libs/messaging/**', '**/*.test.ts', '**/test/**', 'e2e/topic-reader.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [{ group: ['kafkajs', 'kafkajs/*'], message: 'See docs/adr/0003-kafkajs.md.' }],
        },
      ],
    },
  },
  {
    files: ['**/*.test.ts', '**/test/**/*.ts'],
    rules: {
      // node:test's own calls return promises that the runner awaits.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', name: ['test', 'it', 'describe', 'suite'], package: 'node:test' },
          ],
        },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
);
