import type { Response } from 'supertest';
import type { TestGateway } from './gateway';

/** What a call of a documented operation is made of. */
export interface Call {
  path?: Record<string, string>;
  query?: object;
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
}

/** Somebody who has signed up, with what they signed up with. */
export interface SignedUp {
  email: string;
  password: string;
  handle: string;
  displayName: string;
  userId: string;
  accessToken: string;
  refreshToken: string;
}

/** What the tests of one part of the contract work with. */
export interface ContractCalls {
  /** Calls an operation by its id, and holds the answer against openapi.yaml. */
  call: (id: string, options?: Call) => Promise<Response>;
  /** Signs somebody new up. */
  signUp: (name: string) => Promise<SignedUp>;
  /** Known when the tests run, not when they are declared. */
  gateway: () => TestGateway;
}
