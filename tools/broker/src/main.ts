import { startBroker } from './index';

const { BROKER_HOST: host = '127.0.0.1', BROKER_DATA_DIR: dataDir, BROKER_PORT } = process.env;
const port = Number(BROKER_PORT ?? 9092);

async function main(): Promise<void> {
  if (!dataDir) throw new Error('Set BROKER_DATA_DIR to the folder the broker keeps its data in.');
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error('BROKER_PORT must be a number from 0 to 65535.');
  }
  const log = (line: string): void => console.error(`broker: ${line}`);
  const broker = await startBroker({ host, port, dataDir, log });
  log(`listening on ${broker.address}, data in ${dataDir}`);
  process.send?.({ type: 'ready', port: broker.port });
  // An open IPC channel would keep the process alive.
  const stop = (): void => void broker.stop().then(disconnect, fail);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function fail(error: NodeJS.ErrnoException): void {
  const isTaken = error.code === 'EADDRINUSE';
  const advice = 'Stop what uses it, or set BROKER_PORT to another port.';
  const why = isTaken ? `Port ${port} on ${host} is taken. ${advice}` : error.message;
  console.error(`broker: ${why}`);
  process.exitCode = 1;
  disconnect();
}

function disconnect(): void {
  if (process.connected) process.disconnect();
}

main().catch(fail);
