import { ErrorCode } from '../protocol/errors';
import { Group } from './group';
import type { JoinAnswer, JoinRequest } from './member';
import type { CommittedOffset, OffsetStore } from './offset-store';

// Kafka's group.min.session.timeout.ms and group.max.session.timeout.ms.
export const MIN_SESSION_TIMEOUT_MS = 6000;
export const MAX_SESSION_TIMEOUT_MS = 30 * 60 * 1000;

/** All groups of the broker. Membership lives in memory, committed offsets in the offset store. */
export class Coordinator {
  private readonly groups = new Map<string, Group>();
  private isClosed = false;

  constructor(readonly offsets: OffsetStore) {
    for (const id of offsets.groupIds()) {
      this.group(id).protocolType = offsets.ofGroup(id)[0]?.protocolType ?? '';
    }
  }

  /** Every group that has members or committed offsets. */
  all(): { id: string; protocolType: string }[] {
    return [...this.groups].map(([id, { protocolType }]) => ({ id, protocolType }));
  }

  /** The group; one that is not there is dead. */
  find(id: string): Group {
    return this.groups.get(id) ?? new Group('Dead');
  }

  join(id: string, request: JoinRequest): Promise<JoinAnswer> | JoinAnswer {
    const { memberId, sessionTimeoutMs } = request;
    if (this.isClosed) return { error: ErrorCode.COORDINATOR_NOT_AVAILABLE, memberId };
    if (id === '') return { error: ErrorCode.INVALID_GROUP_ID, memberId };
    if (sessionTimeoutMs < MIN_SESSION_TIMEOUT_MS || sessionTimeoutMs > MAX_SESSION_TIMEOUT_MS) {
      return { error: ErrorCode.INVALID_SESSION_TIMEOUT, memberId };
    }
    const isUnknown = memberId !== '' && !this.groups.has(id);
    if (isUnknown) return { error: ErrorCode.UNKNOWN_MEMBER_ID, memberId };
    return this.group(id).join(request);
  }

  /** Stores offsets of a group that may commit them. */
  commit(id: string, offsets: readonly CommittedOffset[]): void {
    this.offsets.commit(id, this.group(id).protocolType, offsets);
  }

  delete(id: string): number {
    const group = this.groups.get(id);
    if (!group) return ErrorCode.GROUP_ID_NOT_FOUND;
    if (!group.isUnused) return ErrorCode.NON_EMPTY_GROUP;
    this.offsets.forget({ group: id });
    this.groups.delete(id);
    return ErrorCode.NONE;
  }

  /** Drops groups that have neither members nor offsets. */
  forgetUnused(): void {
    for (const [id, group] of this.groups) {
      if (group.isUnused && this.offsets.ofGroup(id).length === 0) this.groups.delete(id);
    }
  }

  close(): void {
    this.isClosed = true;
    this.groups.forEach((group) => group.close());
  }

  private group(id: string): Group {
    const group = this.groups.get(id) ?? new Group();
    this.groups.set(id, group);
    return group;
  }
}
