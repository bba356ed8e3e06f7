import type { Transaction } from '@quayside/database';
import { v7 } from 'uuid';
import { newRefreshToken, refreshTokenHash } from '../domain/refresh-token';
import { startSession, type SessionLifetimes } from '../store/sessions';

/** A session that has just been written, with the only copy of its refresh token. */
export interface NewSession {
  userId: string;
  sessionId: string;
  refreshToken: string;
}

/** Starts a session for an identity in the given transaction. */
export async function newSession(
  tx: Transaction,
  userId: string,
  lifetimes: SessionLifetimes,
): Promise<NewSession> {
  const session = { userId, sessionId: v7(), refreshToken: newRefreshToken() };
  const tokenHash = refreshTokenHash(session.refreshToken);
  await startSession(tx, { ...session, tokenHash }, lifetimes);
  return session;
}
