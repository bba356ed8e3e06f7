/** What a JoinGroup request says of its member. The broker does not look into the metadata. */
export interface JoinRequest {
  readonly memberId: string;
  readonly clientId: string;
  readonly clientHost: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly protocolType: string;
  /** The ways of assigning partitions that it knows, the preferred one first. */
  readonly protocols: readonly { readonly name: string; readonly metadata: Buffer }[];
  /** Whether a new member must come back with the id it is given (KIP-394). */
  readonly requireKnownMemberId: boolean;
}

/** The answer to JoinGroup: an error or a generation. Only its leader is told the members. */
export interface JoinAnswer {
  readonly error?: number;
  readonly memberId: string;
  readonly generation?: number;
  readonly protocol?: string;
  readonly leader?: string;
  readonly members?: readonly { readonly memberId: string; readonly metadata: Buffer }[];
}

/** The answer to SyncGroup. */
export interface SyncAnswer {
  readonly error: number;
  readonly assignment?: Buffer;
}

/** A member; it has a function to answer with while a request of it is unanswered. */
export interface Member extends JoinRequest {
  assignment: Buffer;
  answerJoin?: (answer: JoinAnswer) => void;
  answerSync?: (answer: SyncAnswer) => void;
  session?: NodeJS.Timeout;
}

/** What a member says of itself under a protocol. */
export function metadataFor({ protocols }: JoinRequest, protocol: string): Buffer {
  return protocols.find(({ name }) => name === protocol)?.metadata ?? Buffer.alloc(0);
}

/** Names that every member offers, in the order of the first. */
export function commonProtocols([first, ...rest]: readonly JoinRequest[]): string[] {
  const names = first?.protocols.map(({ name }) => name) ?? [];
  return names.filter((name) =>
    rest.every(({ protocols }) => protocols.some((protocol) => protocol.name === name)),
  );
}

/** Each member votes for the first common protocol of its own list; most votes win. */
export function electProtocol(members: readonly JoinRequest[]): string {
  const votes = new Map(commonProtocols(members).map((name) => [name, 0]));
  for (const { protocols } of members) {
    const vote = protocols.find(({ name }) => votes.has(name));
    if (vote) votes.set(vote.name, (votes.get(vote.name) ?? 0) + 1);
  }
  const [winner] = [...votes].sort(([, one], [, other]) => other - one);
  return winner?.[0] ?? '';
}
