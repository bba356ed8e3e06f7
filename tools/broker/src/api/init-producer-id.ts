import { ErrorCode } from '../protocol/errors';
import { defineApi } from './api';

/** An id for an idempotent producer, never given twice. */
export const initProducerId = defineApi(22, 'InitProducerId', [0, 1], {
  request: 'transactionalId:?string timeoutMs:int32',
  response: 'throttleMs:int32 error:int16 producerId:int64=-1 epoch:int16=-1',
  handle({ transactionalId }, { broker }) {
    if (transactionalId !== null) return { error: ErrorCode.INVALID_REQUEST };
    return { producerId: broker.nextProducerId(), epoch: 0 };
  },
});
