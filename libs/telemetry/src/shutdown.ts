const steps: (() => Promise<void>)[] = [];

/** Registers something to flush when the process ends; `start` registers the span exporter. */
export function onTelemetryShutdown(step: () => Promise<void>): void {
  steps.push(step);
}

/**
 * Sends what has not been exported yet and stops exporting. The chassis calls it last, in a bounded
 * time of its own. Rejects when a flush fails; calling it again does nothing.
 */
export async function shutdownTelemetry(): Promise<void> {
  await Promise.all(steps.splice(0).map((step) => step()));
}
