import { LEADER_EPOCH } from '../log/partition-log';
import { ErrorCode, ProtocolError } from '../protocol/errors';

/** Throws if a client names a leader epoch that this broker never had (KIP-320); -1 names none. */
export function checkLeaderEpoch(epoch: number): void {
  if (epoch <= LEADER_EPOCH) return;
  throw new ProtocolError(ErrorCode.UNKNOWN_LEADER_EPOCH, `leader epoch ${epoch}`);
}
