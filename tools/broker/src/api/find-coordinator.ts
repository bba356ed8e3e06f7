import { ErrorCode } from '../protocol/errors';
import { NODE_ID } from '../state';
import { defineApi } from './api';

const GROUP = 0;

/** Where a group is looked after. Always here. */
export const findCoordinator = defineApi(10, 'FindCoordinator', [0, 2], {
  request: 'key:string keyType@1+:int8',
  response: `throttleMs@1+:int32 error:int16 message@1+:?string node:int32=-1 host:string
    port:int32=-1`,
  handle({ keyType }, { address }) {
    if (keyType === GROUP) return { node: NODE_ID, ...address };
    return { error: ErrorCode.INVALID_REQUEST, message: 'This broker has no transactions.' };
  },
});
