import '@quayside/telemetry/start';
import { runService } from '@quayside/chassis';
import { rotateKeysCommand } from './commands/rotate-keys';
import { service } from './service';

const [, , command, ...args] = process.argv;

if (command === 'rotate-keys') {
  rotateKeysCommand(args).then(console.log, (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
} else {
  void runService(service);
}
