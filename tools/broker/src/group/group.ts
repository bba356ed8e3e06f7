import { randomUUID } from 'node:crypto';
import { ErrorCode } from '../protocol/errors';
import {
  commonProtocols,
  electProtocol,
  joinError,
  sameProtocols,
  syncError,
  type JoinAnswer,
  type JoinRequest,
  type Member,
  type SyncAnswer,
} from './member';

/** Kafka's names, as DescribeGroups shows them. */
export type GroupState = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable';

/**
 * One consumer group: who is in it, and the two-step rebalance they go through together.
 *
 *   Empty -> PreparingRebalance   a member joins; all are asked (by error 27) to join again
 *         -> CompletingRebalance  everyone has joined or the time is up: a new generation begins
 *         -> Stable               the leader has sent the assignment (SyncGroup)
 *
 * Source: KIP-62, KIP-394 and the design in https://cwiki.apache.org/confluence/x/foynAw
 */
export class Group {
  state: GroupState = 'Empty';
  generation = 0;
  protocol = '';
  protocolType = '';
  readonly members = new Map<string, Member>();
  private leader = '';
  /** Ids given out (error 79) whose owners have not come back with them yet. */
  private readonly pending = new Map<string, NodeJS.Timeout>();
  /** The first rebalance of a group waits its delay, so that members starting together share it. */
  private isGathering = false;
  private rebalanceTimer: NodeJS.Timeout | undefined;
  private syncTimer: NodeJS.Timeout | undefined;

  constructor(
    readonly id: string,
    private readonly initialRebalanceDelayMs: number,
  ) {}

  get isUnused(): boolean {
    return this.members.size === 0 && this.pending.size === 0;
  }

  /** Answers when the generation the member will be part of is known. */
  join(request: JoinRequest): Promise<JoinAnswer> | JoinAnswer {
    const { memberId } = request;
    if (!this.isCompatible(request)) {
      return joinError(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, memberId);
    }
    const known = this.members.get(memberId);
    if (memberId !== '' && !known && !this.pending.has(memberId)) {
      return joinError(ErrorCode.UNKNOWN_MEMBER_ID, memberId);
    }
    if (memberId === '') return this.joinNew(request);
    if (!known) {
      this.forgetPending(memberId);
      return this.admit(request);
    }
    return this.rejoin(known, request);
  }

  /** Hands in the assignment (leader) or asks for it; answers when the leader's is there. */
  sync(
    memberId: string,
    generation: number,
    assignments: ReadonlyMap<string, Buffer>,
  ): Promise<SyncAnswer> | SyncAnswer {
    const member = this.members.get(memberId);
    if (!member) return syncError(ErrorCode.UNKNOWN_MEMBER_ID);
    if (generation !== this.generation) return syncError(ErrorCode.ILLEGAL_GENERATION);
    if (this.state === 'PreparingRebalance') return syncError(ErrorCode.REBALANCE_IN_PROGRESS);
    this.touch(member);
    if (this.state === 'Stable') {
      return { error: ErrorCode.NONE, assignment: member.assignment };
    }
    member.answerSync?.(syncError(ErrorCode.REBALANCE_IN_PROGRESS));
    const answer = new Promise<SyncAnswer>((resolve) => (member.answerSync = resolve));
    if (memberId === this.leader) this.becomeStable(assignments);
    return answer;
  }

  heartbeat(memberId: string, generation: number): ErrorCode {
    const member = this.members.get(memberId);
    if (!member) return ErrorCode.UNKNOWN_MEMBER_ID;
    if (generation !== this.generation) return ErrorCode.ILLEGAL_GENERATION;
    this.touch(member);
    return this.state === 'PreparingRebalance' ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
  }

  leave(memberId: string): ErrorCode {
    if (this.forgetPending(memberId)) {
      this.completeIfAllJoined();
      return ErrorCode.NONE;
    }
    if (!this.members.has(memberId)) return ErrorCode.UNKNOWN_MEMBER_ID;
    this.remove(memberId);
    return ErrorCode.NONE;
  }

  /** Whether a commit of this member and generation may be stored. */
  checkCommit(memberId: string, generation: number): ErrorCode {
    if (generation < 0 && this.members.size === 0) return ErrorCode.NONE;
    const member = this.members.get(memberId);
    if (!member) return ErrorCode.UNKNOWN_MEMBER_ID;
    if (generation !== this.generation) return ErrorCode.ILLEGAL_GENERATION;
    this.touch(member);
    // The generation has begun but its assignment is not out: nobody owns a partition yet.
    if (this.state === 'CompletingRebalance') return ErrorCode.REBALANCE_IN_PROGRESS;
    return ErrorCode.NONE;
  }

  /** Answers everyone who waits and stops all timers. */
  close(): void {
    clearTimeout(this.rebalanceTimer);
    clearTimeout(this.syncTimer);
    this.pending.forEach((timer) => clearTimeout(timer));
    for (const member of this.members.values()) {
      clearTimeout(member.session);
      member.answerJoin?.(joinError(ErrorCode.COORDINATOR_NOT_AVAILABLE, member.memberId));
      member.answerSync?.(syncError(ErrorCode.COORDINATOR_NOT_AVAILABLE));
    }
  }

  private isCompatible(request: JoinRequest): boolean {
    if (request.protocolType === '' || request.protocols.length === 0) return false;
    const others = [...this.members.values()].filter((m) => m.memberId !== request.memberId);
    if (others.length === 0) return true;
    const joined: Member = { ...request, assignment: Buffer.alloc(0) };
    return (
      request.protocolType === this.protocolType && commonProtocols([...others, joined]).length > 0
    );
  }

  private joinNew(request: JoinRequest): Promise<JoinAnswer> | JoinAnswer {
    const memberId = `${request.clientId}-${randomUUID()}`;
    if (!request.requireKnownMemberId) return this.admit({ ...request, memberId });
    const expire = (): void => {
      this.pending.delete(memberId);
      this.completeIfAllJoined();
    };
    this.pending.set(memberId, setTimeout(expire, request.sessionTimeoutMs));
    return joinError(ErrorCode.MEMBER_ID_REQUIRED, memberId);
  }

  private admit(request: JoinRequest): Promise<JoinAnswer> {
    const member: Member = { ...request, assignment: Buffer.alloc(0) };
    this.members.set(member.memberId, member);
    this.protocolType = member.protocolType;
    this.leader ||= member.memberId;
    return this.awaitGeneration(member);
  }

  private rejoin(member: Member, request: JoinRequest): Promise<JoinAnswer> | JoinAnswer {
    const isUnchanged = sameProtocols(member.protocols, request.protocols);
    const mayStay =
      this.state === 'CompletingRebalance' ||
      // A leader that joins again does so because it wants to assign anew.
      (this.state === 'Stable' && member.memberId !== this.leader);
    // A repeated request whose answer was lost: it gets the current generation again.
    if (isUnchanged && mayStay) {
      this.touch(member);
      return this.joinAnswer(member);
    }
    Object.assign(member, request);
    return this.awaitGeneration(member);
  }

  private awaitGeneration(member: Member): Promise<JoinAnswer> {
    member.answerJoin?.(joinError(ErrorCode.REBALANCE_IN_PROGRESS, member.memberId));
    // No session timeout while the broker is the one that keeps the member waiting.
    clearTimeout(member.session);
    const answer = new Promise<JoinAnswer>((resolve) => (member.answerJoin = resolve));
    if (this.state === 'PreparingRebalance') this.completeIfAllJoined();
    else this.prepareRebalance();
    return answer;
  }

  private prepareRebalance(): void {
    clearTimeout(this.syncTimer);
    for (const member of this.members.values()) {
      member.answerSync?.(syncError(ErrorCode.REBALANCE_IN_PROGRESS));
      delete member.answerSync;
    }
    const isFirst = this.state === 'Empty';
    this.state = 'PreparingRebalance';
    const delay = isFirst ? this.initialRebalanceDelayMs : this.longestRebalanceTimeout();
    clearTimeout(this.rebalanceTimer);
    this.rebalanceTimer = setTimeout(() => this.beginGeneration(), delay);
    this.isGathering = isFirst && delay > 0;
    this.completeIfAllJoined();
  }

  private completeIfAllJoined(): void {
    if (this.state !== 'PreparingRebalance' || this.isGathering || this.pending.size > 0) return;
    if ([...this.members.values()].every((member) => member.answerJoin)) this.beginGeneration();
  }

  private beginGeneration(): void {
    clearTimeout(this.rebalanceTimer);
    this.isGathering = false;
    for (const member of this.members.values()) {
      if (!member.answerJoin) this.drop(member);
    }
    this.generation += 1;
    if (this.members.size === 0) {
      this.state = 'Empty';
      return;
    }
    this.protocol = electProtocol([...this.members.values()]);
    this.state = 'CompletingRebalance';
    this.syncTimer = setTimeout(() => this.dropUnsynced(), this.longestRebalanceTimeout());
    for (const member of this.members.values()) {
      member.answerJoin?.(this.joinAnswer(member));
      delete member.answerJoin;
      this.touch(member);
    }
  }

  /** A member that took the new generation but never asked for its assignment blocks the others. */
  private dropUnsynced(): void {
    for (const member of this.members.values()) {
      if (!member.answerSync) this.drop(member);
    }
    this.prepareRebalance();
  }

  private becomeStable(assignments: ReadonlyMap<string, Buffer>): void {
    clearTimeout(this.syncTimer);
    this.state = 'Stable';
    for (const member of this.members.values()) {
      member.assignment = assignments.get(member.memberId) ?? Buffer.alloc(0);
      member.answerSync?.({ error: ErrorCode.NONE, assignment: member.assignment });
      delete member.answerSync;
    }
  }

  private joinAnswer(member: Member): JoinAnswer {
    const { generation, protocol, leader } = this;
    const isLeader = member.memberId === leader;
    const members = [...this.members.values()].map((other) => ({
      id: other.memberId,
      metadata: metadataFor(other, protocol),
    }));
    return {
      error: ErrorCode.NONE,
      generation,
      protocol,
      leader,
      memberId: member.memberId,
      members: isLeader ? members : [],
    };
  }

  private remove(memberId: string): void {
    const member = this.members.get(memberId);
    if (!member) return;
    this.drop(member);
    if (this.state === 'PreparingRebalance') this.completeIfAllJoined();
    else this.prepareRebalance();
  }

  private drop(member: Member): void {
    clearTimeout(member.session);
    this.members.delete(member.memberId);
    member.answerJoin?.(joinError(ErrorCode.UNKNOWN_MEMBER_ID, member.memberId));
    member.answerSync?.(syncError(ErrorCode.UNKNOWN_MEMBER_ID));
    if (this.leader === member.memberId) this.leader = this.members.keys().next().value ?? '';
  }

  private touch(member: Member): void {
    clearTimeout(member.session);
    if (member.answerJoin) return;
    member.session = setTimeout(() => this.remove(member.memberId), member.sessionTimeoutMs);
  }

  private longestRebalanceTimeout(): number {
    return Math.max(0, ...[...this.members.values()].map((member) => member.rebalanceTimeoutMs));
  }

  private forgetPending(memberId: string): boolean {
    clearTimeout(this.pending.get(memberId));
    return this.pending.delete(memberId);
  }
}

/** What the member said of itself under the protocol in use. */
export function metadataFor(member: Member, protocol: string): Buffer {
  return member.protocols.find(({ name }) => name === protocol)?.metadata ?? Buffer.alloc(0);
}
