import type { UserCaller } from '@quayside/identity';
import type { Request, Response } from 'express';

/** Answers an operation that anyone may call; the request has been validated. */
export type PublicOperation = (request: Request, response: Response) => Promise<void> | void;

/** Answers an operation of a signed-in user, whose token and scopes have been checked. */
export type UserOperation = (
  request: Request,
  response: Response,
  caller: UserCaller,
) => Promise<void> | void;

/** What answers the documented operations, by operationId. */
export interface Operations {
  public: Record<string, PublicOperation>;
  user: Record<string, UserOperation>;
}
