import type { Database } from '@quayside/database';
import type { TokenTerms } from '../domain/access-token';
import type { PasswordHasher } from '../domain/password-hasher';
import type { Seal } from '../domain/seal';
import type { ResetSender } from '../mail/send-resets';
import type { KeyRing } from '../store/key-ring';
import type { SessionLifetimes } from '../store/sessions';
import type { AuthMetrics } from '../metrics';

/** What the handlers work with. */
export interface AuthDependencies {
  database: Database;
  keys: KeyRing;
  seal: Seal;
  passwords: PasswordHasher;
  terms: TokenTerms;
  lifetimes: SessionLifetimes;
  resets: ResetSender;
  metrics: AuthMetrics;
}
