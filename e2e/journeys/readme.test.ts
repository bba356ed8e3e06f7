// The tour of the README, run as it stands there.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { startTemporarySystem } from '../temporary';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const missing = ['bash', 'curl'].filter((tool) => spawnSync(tool, ['--version']).error);
const skip = missing.length > 0 && `${missing.join(' and ')} not found`;

/** The shell commands of one section, in their order. */
function commandsOf(title: string): string[] {
  const section = readme.split(/^## /m).find((text) => text.startsWith(title)) ?? '';
  return [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, commands = '']) => commands);
}

/** A person comes to see what happened when the events have; a script would be there before them. */
const untilShown = (commands: string, text: string) => `
  for try in {1..100}; do
    shown=$(${commands})
    case "$shown" in *'${text}'*) break ;; esac
    sleep 0.1
  done
  printf '%s' "$shown"`;

test('the tour with curl does what the README says', { skip }, async () => {
  const blocks = commandsOf('A tour with curl');
  assert.ok(blocks.length >= 4, 'the tour was found');
  const system = await startTemporarySystem();
  try {
    const script = blocks
      .with(-1, untilShown(blocks.at(-1) ?? '', '"payment_sent"'))
      .map((commands) => `${commands}\necho; echo ==\n`)
      .join('')
      .replaceAll('http://localhost:8080', system.gatewayUrl);
    const { stdout } = await promisify(execFile)('bash', ['-euc', script]);
    const [signUp = '', pay = '', refused = '', seen = ''] = stdout.split('\n==\n');
    assert.match(signUp, /"accessToken":/);
    assert.match(pay, /"topUpId":.*"status":"completed"/s);
    assert.match(pay, /"paymentId":.*"toHandle":"bob"/s);
    assert.match(refused, /insufficient_funds.*"traceId":/s);
    assert.match(seen, /"balance":\{"amount":"3750","currency":"EUR"\}/);
    assert.match(seen, /"payment_sent"/);
  } finally {
    await system.stop();
  }
});
