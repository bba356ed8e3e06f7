import { ErrorCode, ProtocolError } from '../protocol/errors';

/** What became of one item of a request. */
export interface Outcome {
  readonly error: ErrorCode;
  readonly message: string | null;
}

/** Runs one item of a request: a refusal is its outcome, any other error is the request's. */
export function outcomeOf(action: () => void): Outcome {
  try {
    action();
    return { error: ErrorCode.NONE, message: null };
  } catch (error) {
    if (error instanceof ProtocolError) return { error: error.code, message: error.message };
    throw error;
  }
}
