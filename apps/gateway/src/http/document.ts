import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, load } from 'js-yaml';

/** The parts of an OpenAPI document that this program reads itself. */
export interface ApiDocument {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, DocumentedOperation | undefined>>;
  components?: Record<string, unknown>;
}

/** One operation as the document writes it. */
export interface DocumentedOperation {
  operationId?: string;
  /** Empty: public. Each alternative names the scopes that a token must carry. */
  security?: Record<string, string[]>[];
  /** Name of the limit that it has instead of the usual one. */
  'x-rate-limit'?: string;
}

/** Who may call an operation: anyone, or the bearer of a user's token with all of the scopes. */
export type OperationAccess = { kind: 'public' } | { kind: 'user'; scopes: string[] };

/** One operation of the public API. */
export interface ApiOperation {
  operationId: string;
  method: 'get' | 'put' | 'post' | 'patch' | 'delete';
  /** As documented: `/api/v1/users/{handle}`. */
  path: string;
  access: OperationAccess;
  /** `x-rate-limit`. */
  rateLimit?: string;
}

const methods = ['get', 'put', 'post', 'patch', 'delete'] as const;

/** Name of the one security scheme: a user's access token. */
const scheme = 'accessToken';

/** Reads openapi.yaml. Throws when it is not there or not YAML. */
export function readDocument(file: string): ApiDocument {
  return load(readFileSync(file, 'utf8'), { filename: file, schema: CORE_SCHEMA }) as ApiDocument;
}

/**
 * Every operation of the document. Throws when one has no id, or does not say who may call it: nothing is
 * public by omission.
 */
export function operationsOf(document: ApiDocument): ApiOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation ? [readOperation(method, path, operation)] : [];
    }),
  );
}

function readOperation(
  method: ApiOperation['method'],
  path: string,
  { operationId, security, 'x-rate-limit': rateLimit }: DocumentedOperation,
): ApiOperation {
  const name = `${method.toUpperCase()} ${path}`;
  if (!operationId) throw new Error(`openapi.yaml: ${name} has no operationId.`);
  const access = readAccess(name, security);
  return { operationId, method, path, access, ...(rateLimit !== undefined && { rateLimit }) };
}

function readAccess(name: string, security: DocumentedOperation['security']): OperationAccess {
  if (security === undefined) {
    throw new Error(
      `openapi.yaml: ${name} does not say who may call it. ` +
        `Add "security: []" for everyone, or "security: [{ ${scheme}: ['<scope>'] }]".`,
    );
  }
  const [alternative, ...others] = security;
  if (alternative === undefined) return { kind: 'public' };
  const scopes = alternative[scheme];
  const onlyScheme = Object.keys(alternative).length === 1 && others.length === 0;
  if (!onlyScheme || scopes === undefined || scopes.length === 0) {
    throw new Error(
      `openapi.yaml: the security of ${name} must be one "${scheme}" with at least one scope.`,
    );
  }
  return { kind: 'user', scopes };
}
