import { basename, dirname } from 'node:path';

/** The folder of the running bundle, `payments` for dist/apps/payments/main.js. */
function nameOfEntryFolder(): string {
  const entry = process.argv[1];
  return (entry && basename(dirname(entry))) || 'quayside';
}

let current = process.env.OTEL_SERVICE_NAME ?? nameOfEntryFolder();

/** Name under which this process logs and traces: OTEL_SERVICE_NAME, else its bundle's folder. */
export const serviceName = (): string => current;

/** Sets the name used in log lines from now on; the chassis gives the service's own name. */
export function setServiceName(name: string): void {
  current = name;
}
