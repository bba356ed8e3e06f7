import { ErrorCode } from '../protocol/errors';
import { Group } from './group';
import { joinError, type JoinAnswer, type JoinRequest } from './member';
import type { CommittedOffset, OffsetStore } from './offset-store';

/** Bounds for what members may ask for, in milliseconds. */
export interface CoordinatorOptions {
  readonly minSessionTimeoutMs: number;
  readonly maxSessionTimeoutMs: number;
  readonly initialRebalanceDelayMs: number;
}

/** All groups of the broker. Membership lives in memory, committed offsets in the offset store. */
export class Coordinator {
  private readonly groups = new Map<string, Group>();
  private closed = false;

  constructor(
    readonly offsets: OffsetStore,
    private readonly options: CoordinatorOptions,
  ) {}

  /** Every group that has members or committed offsets. */
  ids(): string[] {
    return [...new Set([...this.groups.keys(), ...this.offsets.groupIds()])];
  }

  find(id: string): Group | undefined {
    const group = this.groups.get(id);
    if (group || !this.offsets.has(id)) return group;
    return this.emptyGroup(id);
  }

  join(id: string, request: JoinRequest): Promise<JoinAnswer> | JoinAnswer {
    const { memberId, sessionTimeoutMs } = request;
    const { minSessionTimeoutMs, maxSessionTimeoutMs } = this.options;
    if (this.closed) return joinError(ErrorCode.COORDINATOR_NOT_AVAILABLE, memberId);
    if (id === '') return joinError(ErrorCode.INVALID_GROUP_ID, memberId);
    if (sessionTimeoutMs < minSessionTimeoutMs || sessionTimeoutMs > maxSessionTimeoutMs) {
      return joinError(ErrorCode.INVALID_SESSION_TIMEOUT, memberId);
    }
    const found = this.find(id);
    if (!found && memberId !== '') return joinError(ErrorCode.UNKNOWN_MEMBER_ID, memberId);
    const group = found ?? this.emptyGroup(id);
    this.groups.set(id, group);
    return group.join(request);
  }

  /** Stores offsets if the group, member and generation allow it. */
  commit(
    id: string,
    memberId: string,
    generation: number,
    offsets: readonly CommittedOffset[],
  ): ErrorCode {
    const group = this.find(id);
    // Unknown after a restart: only those who claim no membership may commit then.
    if (!group && generation >= 0) return ErrorCode.ILLEGAL_GENERATION;
    const error = group?.checkCommit(memberId, generation) ?? ErrorCode.NONE;
    if (error === ErrorCode.NONE) {
      this.offsets.commit(id, group?.protocolType ?? '', offsets);
    }
    return error;
  }

  delete(id: string): ErrorCode {
    const group = this.find(id);
    if (!group) return ErrorCode.GROUP_ID_NOT_FOUND;
    if (!group.isUnused) return ErrorCode.NON_EMPTY_GROUP;
    this.offsets.forgetGroup(id);
    this.groups.delete(id);
    return ErrorCode.NONE;
  }

  /** Drops groups that have neither members nor offsets. */
  forgetUnused(): void {
    for (const [id, group] of this.groups) {
      if (group.isUnused && !this.offsets.has(id)) this.groups.delete(id);
    }
  }

  close(): void {
    this.closed = true;
    this.groups.forEach((group) => group.close());
  }

  private emptyGroup(id: string): Group {
    const group = new Group(id, this.options.initialRebalanceDelayMs);
    group.protocolType = this.offsets.protocolType(id);
    return group;
  }
}
