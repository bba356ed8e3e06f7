import type { Metadata } from '@grpc/grpc-js';
import { QuaysideError } from '@quayside/errors';
import type { Caller } from '@quayside/identity';

/** What a handler knows about its call. */
export interface CallContext {
  /** Who calls, proven. */
  caller: Caller;
  /** The calling user's id. Throws QuaysideError `forbidden` when the caller is no user. */
  userId(): string;
  /** The caller waits no longer than this. */
  deadline: Date;
  /** Aborted when the caller hangs up or the deadline passes; also, without effect, after the answer. */
  signal: AbortSignal;
  metadata: Metadata;
}

/** The id of a calling user. Throws QuaysideError `forbidden` when the caller is no user. */
export function userIdOf(caller: Caller): string {
  if (caller.kind === 'user') return caller.userId;
  throw new QuaysideError('forbidden', 'Only a signed-in user may call this.');
}
