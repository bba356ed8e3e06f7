import type { ChannelOptions } from '@grpc/grpc-js';

/** What a channel needs to know beside its address. */
export interface ChannelSettings {
  /** Full name of the gRPC service. */
  service: string;
  /** Methods that may be sent again. */
  retryable: readonly string[];
}

/**
 * Retries inside the deadline (gRPC proposal A6), only of calls that may be repeated, only when the
 * server was not reached, and out of a budget: when most calls fail, retrying stops.
 */
function serviceConfig({ service, retryable }: ChannelSettings): string {
  const retryPolicy = {
    maxAttempts: 4,
    initialBackoff: '0.05s',
    maxBackoff: '1s',
    backoffMultiplier: 2,
    retryableStatusCodes: ['UNAVAILABLE'],
  };
  return JSON.stringify({
    loadBalancingConfig: [{ round_robin: {} }],
    retryThrottling: { maxTokens: 100, tokenRatio: 0.1 },
    methodConfig:
      retryable.length === 0
        ? []
        : [{ name: retryable.map((method) => ({ service, method })), retryPolicy }],
  });
}

/** Channel options of every client. */
export function channelOptions(settings: ChannelSettings): ChannelOptions {
  return {
    'grpc.service_config': serviceConfig(settings),
    'grpc.service_config_disable_resolution': 1,
    // With the default of 30 s a rollout can fail every call until the new addresses are seen.
    'grpc.dns_min_time_between_resolutions_ms': 1000,
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 2000,
    'grpc.keepalive_time_ms': 30_000,
    'grpc.keepalive_timeout_ms': 5_000,
  };
}

/** A grpc-js target from a setting: one target as it is, or a list of addresses. */
export function targetOf(address: string): string {
  if (/^[a-z0-9]+:(\/\/|\d+\.)/i.test(address) || /^(dns|ipv4|ipv6|unix|xds):/.test(address)) {
    return address;
  }
  // Several fixed addresses are one ipv4 target; a single name goes through DNS.
  return address.includes(',') ? `ipv4:${address}` : `dns:///${address}`;
}
