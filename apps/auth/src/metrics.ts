import { metrics } from '@quayside/telemetry';

/** Business counters of auth. */
export interface AuthMetrics {
  registered(): void;
  signedIn(outcome: 'success' | 'refused' | 'throttled'): void;
  mailed(outcome: 'sent' | 'failed'): void;
  keyExchanged(outcome: 'success' | 'refused'): void;
  refreshed(outcome: 'rotated' | 'reused' | 'refused'): void;
}

/** The counters, in the process's registry. */
export function authMetrics(): AuthMetrics {
  const registrations = metrics.counter('auth_registrations_total', 'Identities made.');
  const logins = metrics.counter('auth_logins_total', 'Sign-ins by outcome.', ['outcome']);
  const refreshes = metrics.counter(
    'auth_refreshes_total',
    'Refresh tokens presented, by outcome; reused means that a family was ended.',
    ['outcome'],
  );
  const mails = metrics.counter('auth_mails_total', 'Mails handed over, by outcome.', ['outcome']);
  const exchanges = metrics.counter(
    'auth_api_key_exchanges_total',
    'API keys presented, by outcome.',
    ['outcome'],
  );
  return {
    registered: () => registrations.inc(),
    signedIn: (outcome) => logins.inc({ outcome }),
    mailed: (outcome) => mails.inc({ outcome }),
    keyExchanged: (outcome) => exchanges.inc({ outcome }),
    refreshed: (outcome) => refreshes.inc({ outcome }),
  };
}
