/** The error codes in use here. Source: https://kafka.apache.org/protocol#protocol_error_codes */
export const ErrorCode = {
  NONE: 0,
  OFFSET_OUT_OF_RANGE: 1,
  CORRUPT_MESSAGE: 2,
  UNKNOWN_TOPIC_OR_PARTITION: 3,
  MESSAGE_TOO_LARGE: 10,
  OFFSET_METADATA_TOO_LARGE: 12,
  COORDINATOR_NOT_AVAILABLE: 15,
  INVALID_TOPIC: 17,
  INVALID_REQUIRED_ACKS: 21,
  ILLEGAL_GENERATION: 22,
  INCONSISTENT_GROUP_PROTOCOL: 23,
  INVALID_GROUP_ID: 24,
  UNKNOWN_MEMBER_ID: 25,
  INVALID_SESSION_TIMEOUT: 26,
  REBALANCE_IN_PROGRESS: 27,
  UNSUPPORTED_VERSION: 35,
  TOPIC_ALREADY_EXISTS: 36,
  INVALID_PARTITIONS: 37,
  INVALID_REPLICATION_FACTOR: 38,
  INVALID_REPLICA_ASSIGNMENT: 39,
  INVALID_CONFIG: 40,
  INVALID_REQUEST: 42,
  POLICY_VIOLATION: 44,
  OUT_OF_ORDER_SEQUENCE_NUMBER: 45,
  INVALID_PRODUCER_EPOCH: 47,
  INVALID_TXN_STATE: 48,
  STORAGE_ERROR: 56,
  NON_EMPTY_GROUP: 68,
  GROUP_ID_NOT_FOUND: 69,
  UNKNOWN_LEADER_EPOCH: 75,
  UNSUPPORTED_COMPRESSION_TYPE: 76,
  MEMBER_ID_REQUIRED: 79,
  INVALID_RECORD: 87,
} as const;

export type ErrorName = keyof typeof ErrorCode;

// Messages quote what the client sent; a protocol string holds no more than 32767 bytes.
const MAX_MESSAGE_LENGTH = 300;

/** A refusal with the code the client is to see. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: number;

  constructor(error: ErrorName, message: string) {
    super(message.slice(0, MAX_MESSAGE_LENGTH));
    this.code = ErrorCode[error];
  }
}

/** Throws a ProtocolError. */
export function refuse(error: ErrorName, message: string): never {
  throw new ProtocolError(error, message);
}

/** The frame cannot be read as the request it claims to be; its connection is closed. */
export class MalformedError extends Error {
  override readonly name = 'MalformedError';
}

/** Throws a MalformedError. */
export function malformed(message: string): never {
  throw new MalformedError(message);
}
