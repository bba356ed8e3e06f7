import type { Transaction } from '@quayside/database';
import { v7 } from 'uuid';
import type { Client } from '../domain/client';
import { newRefreshToken, refreshTokenHash } from '../domain/refresh-token';
import type { Role } from '../domain/roles';
import { startSession, type SessionLifetimes, type SignedInSession } from '../store/sessions';

/** A session that has just been written, with the only copy of its refresh token. */
export interface NewSession extends SignedInSession {
  refreshToken: string;
}

/** Starts a session for an identity in the given transaction. */
export async function newSession(
  tx: Transaction,
  {
    userId,
    role,
    secondFactor,
    client,
  }: { userId: string; role: Role; secondFactor: boolean; client: Client },
  lifetimes: SessionLifetimes,
): Promise<NewSession> {
  const session = { userId, role, secondFactor, sessionId: v7(), refreshToken: newRefreshToken() };
  const tokenHash = refreshTokenHash(session.refreshToken);
  const signedInAt = await startSession(tx, { ...session, tokenHash, client }, lifetimes);
  return { ...session, signedInAt };
}
