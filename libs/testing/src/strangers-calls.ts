import { status } from '@grpc/grpc-js';
import { anyMethodOf, bearer, type AnyMethod, type Outcome } from './any-method';

/** What a stranger asks of one method, and how that may end. */
export interface StrangersCall {
  request: object;
  mayEnd: readonly status[];
}

/**
 * It names something that is somebody else's: a stranger does not learn that it exists. What is forbidden tells that
 * it does, or that the token lacks a scope, and then nothing was tried.
 */
export const refused = (request: object): StrangersCall => ({
  request,
  mayEnd: [status.NOT_FOUND],
});

/** It is for operators; whose the token of a customer is, and what it names, does not matter. */
export const forOperators = (request: object): StrangersCall => ({
  request,
  mayEnd: [status.PERMISSION_DENIED],
});

/** It wants another proof of who calls than a token that was good for signing in: a service's, or a second factor. */
export const unproven = (request: object): StrangersCall => ({
  request,
  mayEnd: [status.UNAUTHENTICATED],
});

/** It is about the caller alone, or open to everybody: a stranger is answered, and of themselves. */
export const answered = (request: object): StrangersCall => ({ request, mayEnd: [status.OK] });

/** A walk over all methods of a service with the good token of a stranger. */
export interface StrangersWalk {
  definition: object;
  /** `host:port`. */
  address: string;
  token: string;
  /** For every method what the stranger asks of it, in the order of asking. */
  calls: Record<string, StrangersCall>;
  /** What is the owner's: ids and texts that no answer to a stranger may hold. */
  owned: readonly string[];
  /** What the owner has, as far as it could be changed. */
  look(): Promise<unknown>;
}

/**
 * Calls every method as a stranger and gives what they got or changed of the owner's, as sentences: none, if all is well.
 * A method that has no call here is one of them, and so is an id in a request that names nothing of the owner's: who
 * adds either has to decide what strangers get.
 */
export async function walkAsStranger(walk: StrangersWalk): Promise<string[]> {
  const methods = anyMethodOf(walk.definition, walk.address);
  const found = undecided(methods, walk);
  let had = JSON.stringify(await walk.look());
  for (const [name, { request, mayEnd }] of Object.entries(walk.calls)) {
    const { error, response }: Outcome = await methods.call(name, request, bearer(walk.token));
    const code = error?.code ?? status.OK;
    if (!mayEnd.includes(code)) {
      found.push(`${name} ended with ${status[code]} for a stranger: ${error?.details ?? ''}`);
    }
    const answer = JSON.stringify(response ?? error?.details);
    for (const text of walk.owned.filter((text) => answer.includes(text))) {
      found.push(`${name} told a stranger ${text}`);
    }
    const has = JSON.stringify(await walk.look());
    if (has !== had) found.push(`${name} changed what the owner has, ${had}, into ${has}`);
    had = has;
  }
  methods.close();
  return found;
}

function undecided(methods: AnyMethod, { calls, owned }: StrangersWalk): string[] {
  return methods.names.flatMap((name) => {
    const call = calls[name];
    if (!call) return [`${name}: say what a stranger may do with it`];
    const request = call.request as Record<string, unknown>;
    return methods
      .fieldsOf(name)
      .filter((field) => field.endsWith('Id') && !owned.includes(String(request[field])))
      .map((field) => `${name} has to be tried with a ${field} of the owner's`);
  });
}
