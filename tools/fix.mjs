// Brings what tools can bring in order: format, lint, package metadata, and the API reports of what is public.
// Usage: npm run fix
import { runCommand } from './checks/command.mjs';

const STEPS = [
  ['prettier', ['--write', '--loglevel=warn', '.']],
  ['backstage-cli', ['repo', 'lint', '--fix']],
  ['backstage-cli', ['repo', 'fix', '--publish']],
  ['tsc', ['--pretty', 'false']],
  [
    'backstage-repo-tools',
    [
      ...['api-reports', '--allow-all-warnings'],
      ...['--omit-messages', 'ae-wrong-input-file-type'],
      ...['--include', 'plugins/*'],
    ],
  ],
];

for (const [command, args] of STEPS) {
  console.log(`\n== ${[command, ...args].join(' ')}`);
  const code = await runCommand(command, args);
  if (code !== 0) process.exit(code);
}
