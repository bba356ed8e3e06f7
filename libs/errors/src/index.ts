export { catalogue, isErrorCode, type ErrorCode, type ErrorKind } from './catalogue';
export { fromGrpcError, toGrpcStatus, type GrpcStatus } from './grpc';
export { PROBLEM_TYPE_PREFIX, toProblem, type ProblemDetails } from './problem';
export { QuaysideError, toQuaysideError, type FieldError } from './quayside-error';
