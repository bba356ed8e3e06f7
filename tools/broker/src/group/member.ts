import type { ErrorCode } from '../protocol/errors';

/** A way of assigning partitions that a member offers; the metadata is opaque to the broker. */
export interface MemberProtocol {
  readonly name: string;
  readonly metadata: Buffer;
}

/** The answer to JoinGroup. Only the leader is told the members. */
export interface JoinAnswer {
  readonly error: ErrorCode;
  readonly generation: number;
  readonly protocol: string;
  readonly leader: string;
  readonly memberId: string;
  readonly members: readonly { readonly id: string; readonly metadata: Buffer }[];
}

/** The answer to SyncGroup. */
export interface SyncAnswer {
  readonly error: ErrorCode;
  readonly assignment: Buffer;
}

/** What a JoinGroup request says of its member. */
export interface JoinRequest {
  readonly memberId: string;
  readonly clientId: string;
  readonly clientHost: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly protocolType: string;
  readonly protocols: readonly MemberProtocol[];
  /** JoinGroup v4 and later: a new member must come back with the id it is given (KIP-394). */
  readonly requireKnownMemberId: boolean;
}

/** A member and what it waits for. */
export interface Member extends JoinRequest {
  assignment: Buffer;
  /** Present while a JoinGroup is unanswered. */
  answerJoin?: (answer: JoinAnswer) => void;
  /** Present while a SyncGroup is unanswered. */
  answerSync?: (answer: SyncAnswer) => void;
  session?: NodeJS.Timeout;
}

/** A JoinGroup refusal. */
export function joinError(error: ErrorCode, memberId: string): JoinAnswer {
  return { error, generation: -1, protocol: '', leader: '', memberId, members: [] };
}

/** A SyncGroup refusal. */
export function syncError(error: ErrorCode): SyncAnswer {
  return { error, assignment: Buffer.alloc(0) };
}

/** Whether a member offers just what it offered before. */
export function sameProtocols(
  one: readonly MemberProtocol[],
  other: readonly MemberProtocol[],
): boolean {
  return (
    one.length === other.length &&
    one.every((protocol, index) => {
      const match = other[index];
      return match?.name === protocol.name && match.metadata.equals(protocol.metadata);
    })
  );
}

/** Names that every member offers. */
export function commonProtocols(members: readonly Member[]): string[] {
  const [first, ...rest] = members;
  const offers = (member: Member, name: string): boolean =>
    member.protocols.some((protocol) => protocol.name === name);
  const names = first?.protocols.map((protocol) => protocol.name) ?? [];
  return names.filter((name) => rest.every((member) => offers(member, name)));
}

/** Each member votes for the first common protocol of its own list; most votes win. */
export function electProtocol(members: readonly Member[]): string {
  const common = commonProtocols(members);
  const votes = new Map<string, number>(common.map((name) => [name, 0]));
  for (const member of members) {
    const vote = member.protocols.find(({ name }) => votes.has(name))?.name;
    if (vote !== undefined) votes.set(vote, (votes.get(vote) ?? 0) + 1);
  }
  const [winner] = [...votes].sort((one, other) => other[1] - one[1]);
  return winner?.[0] ?? '';
}
