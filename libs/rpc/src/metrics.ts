import { status } from '@grpc/grpc-js';
import { metrics } from '@quayside/telemetry';

const labels = ['rpc_service', 'rpc_method', 'rpc_grpc_status_code'] as const;

const durations = {
  server: metrics.histogram(
    'rpc_server_duration_seconds',
    'Time from the arrival of a gRPC request to its answer',
    labels,
  ),
  client: metrics.histogram(
    'rpc_client_duration_seconds',
    'Time from sending a gRPC request to its answer, retries included',
    labels,
  ),
};

/** Starts a measurement; call the result with the status code of the answer. */
export function measureCall(side: 'server' | 'client', service: string, method: string) {
  const start = performance.now();
  return (code: number) => {
    const seconds = (performance.now() - start) / 1000;
    const name = status[code] ?? String(code);
    durations[side].observe(
      { rpc_service: service, rpc_method: method, rpc_grpc_status_code: name },
      seconds,
    );
  };
}

/** 0 closed, 0.5 half open, 1 open. */
export const breakerState = metrics.gauge(
  'rpc_client_circuit_breaker_state',
  'Circuit breaker of a downstream: 0 closed, 0.5 half open, 1 open',
  ['rpc_service'],
);

/** Calls that were not sent: the breaker was open, or too many were under way. */
export const callsNotSent = metrics.counter(
  'rpc_client_calls_not_sent_total',
  'Calls refused before they were sent: by the open circuit breaker, the limit on calls under way, or the deadline',
  ['rpc_service', 'reason'],
);

/** Publishes when the certificate in use ends. The metric is made here: without TLS an empty one would read as 1970. */
export function publishCertificateExpiry(validTo: Date): void {
  metrics
    .gauge(
      'rpc_tls_certificate_not_after_seconds',
      'End of the validity of the certificate in use, seconds since the epoch',
    )
    .set(validTo.getTime() / 1000);
}
