export {
  access,
  authorize,
  type Access,
  type Authenticators,
  type Credentials,
  type Peer,
} from './access';
export type { Caller, PublicCaller, ServiceCaller, UserCaller } from './caller';
export {
  createServiceTokens,
  type ServiceTokenOptions,
  type ServiceTokens,
} from './service-tokens';
export { requireStepUp, requireStepUpIfEnrolled, STEP_UP_ACR } from './step-up';
export {
  CLOCK_SKEW_SECONDS,
  createTokenVerifier,
  KEYS_CACHE_MS,
  refusing,
  type TokenVerifier,
  type TokenVerifierOptions,
} from './token-verifier';
