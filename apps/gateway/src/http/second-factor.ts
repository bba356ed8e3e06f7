import type { Request } from 'express';
import type { Downstream } from '../downstream';
import type { UserOperation } from './operation';

const codeOf = (request: Request): string => (request.body as { code: string }).code;

/** A user's second factor, and giving it. */
export function secondFactorOperations({ auth, takenFor }: Downstream) {
  return {
    async getSecondFactor(_request, response, caller) {
      const { enabled, recoveryCodesLeft } = await auth.GetSecondFactor({}, { caller });
      response.json({ enabled, recoveryCodesLeft });
    },

    async enrolSecondFactor(request, response, caller) {
      const { password } = request.body as { password: string };
      const { secret, uri } = await auth.EnrolSecondFactor({ password }, { caller });
      response.status(201).json({ secret, uri });
    },

    async confirmSecondFactor(request, response, caller) {
      const answer = await auth.ConfirmSecondFactor({ code: codeOf(request) }, { caller });
      const { recoveryCodes, accessToken, expiresInSeconds } = answer;
      response.json({ recoveryCodes, accessToken, expiresIn: takenFor(expiresInSeconds) });
    },

    async disableSecondFactor(_request, response, caller) {
      await auth.DisableSecondFactor({}, { caller });
      response.status(204).end();
    },

    async stepUp(request, response, caller) {
      const message = { code: codeOf(request) };
      const { accessToken, expiresInSeconds } = await auth.StepUp(message, { caller });
      response.json({ accessToken, expiresIn: takenFor(expiresInSeconds) });
    },
  } satisfies Record<string, UserOperation>;
}
