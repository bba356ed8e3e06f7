import { ErrorCode } from '../protocol/errors';
import { type Api, NOT_THROTTLED } from './api';

/** API 22: an id for an idempotent producer, never given twice. */
export const initProducerId: Api = {
  key: 22,
  name: 'InitProducerId',
  minVersion: 0,
  maxVersion: 1,
  handle({ body }, response, broker) {
    const transactionalId = body.nullableString();
    response.int32(NOT_THROTTLED);
    if (transactionalId !== null) {
      return response.int16(ErrorCode.INVALID_REQUEST).int64(-1).int16(-1);
    }
    return response.int16(ErrorCode.NONE).int64(broker.nextProducerId()).int16(0);
  },
};
