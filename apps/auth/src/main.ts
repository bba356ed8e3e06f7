import '@quayside/telemetry/start';
import { runService } from '@quayside/chassis';
import { grantRoleCommand } from './commands/grant-role';
import { rotateKeysCommand } from './commands/rotate-keys';
import { service } from './service';

const commands = new Map([
  ['rotate-keys', rotateKeysCommand],
  ['grant-role', grantRoleCommand],
]);

const [, , word = '', ...args] = process.argv;
const command = commands.get(word);

if (command) {
  command(args).then(console.log, (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
} else {
  void runService(service);
}
