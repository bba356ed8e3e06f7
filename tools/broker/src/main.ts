import { startBroker } from './index';

async function main(): Promise<void> {
  const { BROKER_HOST: host = '127.0.0.1', BROKER_DATA_DIR: dataDir } = process.env;
  const port = Number(process.env.BROKER_PORT ?? 9092);
  if (!dataDir) throw new Error('Set BROKER_DATA_DIR to the folder the broker keeps its data in.');
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error('BROKER_PORT must be a number from 0 to 65535.');
  }
  const log = (line: string): void => console.error(`broker: ${line}`);
  const broker = await startBroker({ host, port, dataDir, log }).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? portTaken(host, port) : error;
  });
  log(`listening on ${broker.address}, data in ${dataDir}`);
  process.send?.({ type: 'ready', port: broker.port });

  const stop = (): void => {
    broker.stop().then(
      // An open IPC channel would keep the process alive.
      () => process.connected && process.disconnect(),
      fail,
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function portTaken(host: string, port: number): Error {
  return new Error(
    `Port ${port} on ${host} is taken. Stop what uses it, or set BROKER_PORT to another port.`,
  );
}

function fail(error: unknown): void {
  console.error(`broker: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
  if (process.connected) process.disconnect();
}

main().catch(fail);
