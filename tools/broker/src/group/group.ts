import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ErrorCode } from '../protocol/errors';
import { commonProtocols, electProtocol, metadataFor } from './member';
import type { JoinAnswer, JoinRequest, Member, SyncAnswer } from './member';

const NOTHING = Buffer.alloc(0);
// A client id may be as long as a string can be, but a member id is longer than its client's id.
const MAX_ID_PREFIX = 200;

/** Kafka's names, as DescribeGroups shows them. Dead: there is no such group, so it has no member. */
type State = 'Dead' | 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable';

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
  protocolType = '';
  readonly members = new Map<string, Member>();
  private generation = 0;
  private protocol = '';
  private leader = '';
  /** Ids given out (error 79) whose owners have not come back with them yet. */
  private readonly pending = new Map<string, NodeJS.Timeout>();
  /** When those who have not joined again, or not synced, are left out. */
  private deadline: NodeJS.Timeout | undefined;

  constructor(public state: State = 'Empty') {}

  get isUnused(): boolean {
    return this.members.size === 0 && this.pending.size === 0;
  }

  describe() {
    const { state, protocolType } = this;
    const isStable = state === 'Stable';
    const protocol = isStable ? this.protocol : '';
    const members = this.all().map((member) => ({
      ...member,
      metadata: metadataFor(member, protocol),
      assignment: isStable ? member.assignment : NOTHING,
    }));
    return { state, protocolType, protocol, members };
  }

  /** Answers when the generation the member will be part of is known. */
  join(request: JoinRequest): Promise<JoinAnswer> | JoinAnswer {
    const { memberId } = request;
    if (!this.isCompatible(request)) {
      return { error: ErrorCode.INCONSISTENT_GROUP_PROTOCOL, memberId };
    }
    if (memberId === '') return this.joinNew(request);
    const known = this.members.get(memberId);
    if (known) return this.rejoin(known, request);
    if (this.forgetPending(memberId)) return this.admit(request);
    return { error: ErrorCode.UNKNOWN_MEMBER_ID, memberId };
  }

  /** Hands in the assignment (leader) or asks for it; answers when the leader's is there. */
  sync(
    memberId: string,
    generation: number,
    assignments: ReadonlyMap<string, Buffer>,
  ): Promise<SyncAnswer> | SyncAnswer {
    const error = this.heartbeat(memberId, generation);
    const member = this.members.get(memberId);
    if (error !== ErrorCode.NONE || !member) return { error };
    if (this.state === 'Stable') return { error, assignment: member.assignment };
    member.answerSync?.({ error: ErrorCode.REBALANCE_IN_PROGRESS });
    const answer = new Promise<SyncAnswer>((resolve) => (member.answerSync = resolve));
    this.touch(member);
    if (memberId === this.leader) this.becomeStable(assignments);
    return answer;
  }

  heartbeat(memberId: string, generation: number): number {
    const member = this.members.get(memberId);
    if (!member) return ErrorCode.UNKNOWN_MEMBER_ID;
    if (generation !== this.generation) return ErrorCode.ILLEGAL_GENERATION;
    this.touch(member);
    return this.state === 'PreparingRebalance' ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
  }

  leave(memberId: string): number {
    const member = this.members.get(memberId);
    if (member) this.remove(member);
    else if (this.forgetPending(memberId)) this.completeIfAllJoined();
    else return ErrorCode.UNKNOWN_MEMBER_ID;
    return ErrorCode.NONE;
  }

  /** Whether a commit of this member and generation may be stored. */
  checkCommit(memberId: string, generation: number): number {
    if (generation < 0 && this.members.size === 0) return ErrorCode.NONE;
    // Unknown after a restart: only those who claim no membership may commit then.
    if (this.state === 'Dead') return ErrorCode.ILLEGAL_GENERATION;
    const error = this.heartbeat(memberId, generation);
    // Who is asked to join again may still commit what it has done.
    if (error === ErrorCode.REBALANCE_IN_PROGRESS) return ErrorCode.NONE;
    // The generation has begun but its assignment is not out: nobody owns a partition yet.
    const isUnassigned = error === ErrorCode.NONE && this.state === 'CompletingRebalance';
    return isUnassigned ? ErrorCode.REBALANCE_IN_PROGRESS : error;
  }

  /** Answers everyone who waits, forgets all members and stops all timers. */
  close(): void {
    clearTimeout(this.deadline);
    this.pending.forEach((timer) => clearTimeout(timer));
    this.pending.clear();
    this.members.forEach((member) => this.drop(member, ErrorCode.COORDINATOR_NOT_AVAILABLE));
  }

  private all(): Member[] {
    return [...this.members.values()];
  }

  private isCompatible(request: JoinRequest): boolean {
    if (request.protocolType === '' || request.protocols.length === 0) return false;
    const others = this.all().filter(({ memberId }) => memberId !== request.memberId);
    if (others.length === 0) return true;
    const isShared = commonProtocols([...others, request]).length > 0;
    return isShared && request.protocolType === this.protocolType;
  }

  private joinNew(request: JoinRequest): Promise<JoinAnswer> | JoinAnswer {
    const memberId = `${request.clientId.slice(0, MAX_ID_PREFIX)}-${randomUUID()}`;
    if (!request.requireKnownMemberId) return this.admit({ ...request, memberId });
    const expire = (): void => void this.leave(memberId);
    this.pending.set(memberId, setTimeout(expire, request.sessionTimeoutMs));
    return { error: ErrorCode.MEMBER_ID_REQUIRED, memberId };
  }

  private admit(request: JoinRequest): Promise<JoinAnswer> {
    const member: Member = { ...request, assignment: NOTHING };
    this.members.set(member.memberId, member);
    this.protocolType = member.protocolType;
    this.leader ||= member.memberId;
    return this.awaitGeneration(member);
  }

  private rejoin(member: Member, request: JoinRequest): Promise<JoinAnswer> | JoinAnswer {
    const mayStay =
      this.state === 'CompletingRebalance' ||
      // A leader that joins again does so because it wants to assign anew.
      (this.state === 'Stable' && member.memberId !== this.leader);
    if (mayStay && isDeepStrictEqual(member.protocols, request.protocols)) {
      // A repeated request whose answer was lost: it gets the current generation again.
      this.touch(member);
      return this.joinAnswer(member);
    }
    Object.assign(member, request);
    return this.awaitGeneration(member);
  }

  private awaitGeneration(member: Member): Promise<JoinAnswer> {
    const { memberId } = member;
    member.answerJoin?.({ error: ErrorCode.REBALANCE_IN_PROGRESS, memberId });
    const answer = new Promise<JoinAnswer>((resolve) => (member.answerJoin = resolve));
    this.touch(member);
    this.rebalance();
    return answer;
  }

  /** What follows when a member has come or gone. */
  private rebalance(): void {
    if (this.state !== 'PreparingRebalance') {
      const patienceMs = this.state === 'Empty' ? 0 : this.longestRebalanceTimeout();
      this.state = 'PreparingRebalance';
      this.answerSyncs(() => ({ error: ErrorCode.REBALANCE_IN_PROGRESS }));
      this.setDeadline(patienceMs, () => this.beginGeneration());
    }
    this.completeIfAllJoined();
  }

  private completeIfAllJoined(): void {
    if (this.state !== 'PreparingRebalance' || this.pending.size > 0) return;
    if (this.all().every((member) => member.answerJoin)) this.beginGeneration();
  }

  private beginGeneration(): void {
    clearTimeout(this.deadline);
    for (const member of this.all()) if (!member.answerJoin) this.drop(member);
    this.generation += 1;
    this.state = this.members.size > 0 ? 'CompletingRebalance' : 'Empty';
    if (this.state === 'Empty') return;
    this.protocol = electProtocol(this.all());
    this.setDeadline(this.longestRebalanceTimeout(), () => this.dropUnsynced());
    for (const member of this.all()) {
      member.answerJoin?.(this.joinAnswer(member));
      delete member.answerJoin;
      this.touch(member);
    }
  }

  /** A member that took the new generation but never asked for its assignment blocks the others. */
  private dropUnsynced(): void {
    for (const member of this.all()) if (!member.answerSync) this.drop(member);
    this.rebalance();
  }

  private becomeStable(assignments: ReadonlyMap<string, Buffer>): void {
    clearTimeout(this.deadline);
    this.state = 'Stable';
    for (const member of this.all()) {
      member.assignment = assignments.get(member.memberId) ?? NOTHING;
    }
    this.answerSyncs(({ assignment }) => ({ error: ErrorCode.NONE, assignment }));
  }

  private answerSyncs(answerTo: (member: Member) => SyncAnswer): void {
    for (const member of this.all().filter(({ answerSync }) => answerSync)) {
      member.answerSync?.(answerTo(member));
      delete member.answerSync;
      this.touch(member);
    }
  }

  private joinAnswer({ memberId }: Member): JoinAnswer {
    const { generation, protocol, leader } = this;
    const told = memberId === leader ? this.all() : [];
    const members = told.map((member) => ({
      memberId: member.memberId,
      metadata: metadataFor(member, protocol),
    }));
    return { generation, protocol, leader, memberId, members };
  }

  private remove(member: Member): void {
    this.drop(member);
    this.rebalance();
  }

  private drop(member: Member, error: number = ErrorCode.UNKNOWN_MEMBER_ID): void {
    const { memberId } = member;
    clearTimeout(member.session);
    this.members.delete(memberId);
    member.answerJoin?.({ error, memberId });
    member.answerSync?.({ error });
    if (this.leader === memberId) this.leader = this.members.keys().next().value ?? '';
  }

  /** Begins the session anew. None runs while it is the broker that keeps the member waiting. */
  private touch(member: Member): void {
    clearTimeout(member.session);
    if (member.answerJoin || member.answerSync) return;
    member.session = setTimeout(() => this.remove(member), member.sessionTimeoutMs);
  }

  private setDeadline(delayMs: number, action: () => void): void {
    clearTimeout(this.deadline);
    this.deadline = setTimeout(action, delayMs);
  }

  private longestRebalanceTimeout(): number {
    return Math.max(0, ...this.all().map((member) => member.rebalanceTimeoutMs));
  }

  private forgetPending(memberId: string): boolean {
    clearTimeout(this.pending.get(memberId));
    return this.pending.delete(memberId);
  }
}
