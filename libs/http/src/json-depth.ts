import { QuaysideError } from '@quayside/errors';
import type { RequestHandler } from 'express';

/** No body of ours is nested half as deeply. */
const MOST_LEVELS = 16;

/** Whether objects and lists lie more than `levels` deep in each other. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

/** Refuses bodies that are nested deeply, before anything walks through them. */
export const refuseDeepBodies: RequestHandler = (request, _response, next) => {
  if (!isDeeper(request.body, MOST_LEVELS)) next();
  else next(new QuaysideError('invalid_request', 'The body is nested too deeply.'));
};
