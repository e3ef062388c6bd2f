// Lint rules: correctness only (prettier owns the layout). The library must run
// in a browser, so `src/` may import no Node module outside its Node entry.
import tseslint from 'typescript-eslint';

const nodeOnly = {
  patterns: [
    { group: ['node:*'], message: 'src/ runs in browsers: only src/node.ts may import Node modules.' },
    { group: ['**/pipeline/**'], message: 'src/ never imports the pipeline.' },
  ],
};

export default tseslint.config(
  { ignores: ['dist/**', 'data/**', 'node_modules/**', 'coverage/**', 'bench/results/**'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': 'error',
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/node.ts', 'src/**/*.test.ts', 'src/**/*.e2e.test.ts', 'src/**/testing/**'],
    rules: { 'no-restricted-imports': ['error', nodeOnly] },
  },
  { files: ['**/*.js', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
);
