import type { ChannelOptions } from '@grpc/grpc-js';

/** What a channel needs to know beside its address. */
export interface ChannelSettings {
  /** Full name of the gRPC service. */
  service: string;
  /** Methods that may be sent again. */
  retryable: readonly string[];
  /** How calls are spread over the addresses. */
  loadBalancing: LoadBalancing;
}

/**
 * `round_robin`: over all addresses. `pick_first`: one connection, for a name with a single address behind which
 * something else balances: a mesh's proxy.
 */
export type LoadBalancing = 'round_robin' | 'pick_first';

/**
 * Retries inside the deadline (gRPC proposal A6), only of calls that may be repeated, only of
 * UNAVAILABLE, and out of a budget: when most calls fail, retrying stops. grpc-js adds the jitter.
 */
function serviceConfig({ service, retryable, loadBalancing }: ChannelSettings): string {
  const retryPolicy = {
    maxAttempts: 4,
    initialBackoff: '0.05s',
    maxBackoff: '1s',
    backoffMultiplier: 2,
    retryableStatusCodes: ['UNAVAILABLE'],
  };
  const name = retryable.map((method) => ({ service, method }));
  return JSON.stringify({
    loadBalancingConfig: [{ [loadBalancing]: {} }],
    retryThrottling: { maxTokens: 100, tokenRatio: 0.1 },
    methodConfig: name.length === 0 ? [] : [{ name, retryPolicy }],
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
    // Counters of every call and connection that nobody here reads.
    'grpc.enable_channelz': 0,
    // A machine that vanishes closes no connection: calls would run into it until their deadlines.
    'grpc.keepalive_time_ms': 10_000,
    'grpc.keepalive_timeout_ms': 5_000,
  };
}
