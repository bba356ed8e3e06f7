import type { auth } from '@quayside/contracts';
import { QuaysideError, type ErrorCode } from '@quayside/errors';
import { onceOver } from '@quayside/http';
import type { TokenVerifier } from '@quayside/identity';
import { logger } from '@quayside/telemetry';
import type { Request, Response } from 'express';
import { v7 as uuidv7 } from 'uuid';
import type { Downstream } from '../downstream';
import { waitUntilOpen } from './account-open';
import { clientOf } from './client';
import type { PublicOperation } from './operation';
import { preferredWait } from './prefer';
import { present } from './wire';

interface RegisterBody {
  email: string;
  password: string;
  handle: string;
  displayName: string;
}

interface SignInDependencies extends Downstream {
  verifier: TokenVerifier;
}

/** Sign-up, sign-in and what keeps one signed in. */
export function signInOperations(dependencies: SignInDependencies) {
  const { auth } = dependencies;
  const tokensToJson = tokensToJsonBy(dependencies);
  return {
    register: register(dependencies),

    async login(request, response) {
      const { email, password } = request.body as { email: string; password: string };
      const client = clientOf(request);
      const { userId, tokens } = await auth.Login({ email, password, client }, { asService: true });
      response.json(tokensToJson(userId, tokens));
    },

    async refresh(request, response) {
      const { refreshToken } = request.body as { refreshToken: string };
      const client = clientOf(request);
      const { userId, tokens } = await auth.Refresh({ refreshToken, client }, { asService: true });
      response.json(tokensToJson(userId, tokens));
    },

    async logout(request, response) {
      const { refreshToken } = request.body as { refreshToken: string };
      await auth.Logout({ refreshToken }, { asService: true });
      response.status(204).end();
    },
  } satisfies Record<string, PublicOperation>;
}

/** How tokens are answered: with the lifetime that holds here. */
function tokensToJsonBy({ takenFor }: Downstream) {
  return (userId: string, tokens: auth.Tokens__Output | null) => {
    const { accessToken, refreshToken, expiresInSeconds } = present(tokens, 'tokens');
    return { userId, accessToken, refreshToken, expiresIn: takenFor(expiresInSeconds) };
  };
}

const decidedRefusals: ErrorCode[] = ['email_taken', 'invalid_request'];

/**
 * The handle is reserved before the identity is made, so that the race for a handle has one winner and leaves
 * nothing behind: the loser has no identity, and a reservation without one lapses.
 */
function register(dependencies: SignInDependencies): PublicOperation {
  const { auth, users, payments, verifier } = dependencies;
  const tokensToJson = tokensToJsonBy(dependencies);

  async function applyPreference(request: Request, response: Response, token: string) {
    const seconds = preferredWait(request.get('prefer'));
    if (seconds === undefined) return;
    const isOpen = async (deadline: Date) => {
      const caller = await verifier.verify(token);
      const { accounts } = await payments.ListAccounts({}, { caller, deadline });
      return accounts.some(({ status }) => status === 'ACCOUNT_STATUS_OPEN');
    };
    const signal = whenGone(response);
    if (await waitUntilOpen(isOpen, { timeoutMs: seconds * 1000, signal })) {
      response.setHeader('Preference-Applied', `wait=${seconds}`);
    } else {
      logger.info({ seconds }, 'The account was not open in the time that the client would wait');
    }
  }

  /** Only a decided refusal says that there is no identity; after a lost one the reservation lapses by itself. */
  async function releaseIfRefused(error: unknown, userId: string): Promise<void> {
    if (!(error instanceof QuaysideError) || !decidedRefusals.includes(error.code)) return;
    await users.ReleaseHandle({ userId }, { asService: true }).catch((failure: unknown) => {
      logger.warn({ error: failure }, 'A handle stays reserved until its reservation lapses');
    });
  }

  return async (request, response) => {
    const body = request.body as RegisterBody;
    const handle = body.handle.toLowerCase();
    const userId = uuidv7();
    const { displayName } = body;
    const { displayNameKept } = await users.ReserveHandle(
      { userId, handle, displayName },
      { asService: true },
    );
    const { tokens } = await auth
      .Register(
        { ...body, userId, handle, displayNameKept, client: clientOf(request) },
        { asService: true },
      )
      .catch(async (error: unknown) => {
        await releaseIfRefused(error, userId);
        throw error;
      });
    const json = tokensToJson(userId, tokens);
    await applyPreference(request, response, json.accessToken);
    response.status(201).location('/api/v1/users/me').json(json);
  };
}

/** Aborted when the client no longer waits for the answer. */
function whenGone(response: Response): AbortSignal {
  const gone = new AbortController();
  onceOver(response, () => gone.abort());
  return gone.signal;
}
