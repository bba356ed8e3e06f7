import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** JSON Schema, as far as the document uses it for requests. */
export interface Schema {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  maxProperties?: number;
}

/** Something of a request that has a name. */
export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}

/** One operation of the public API, with what a request of it may have. */
export interface Operation {
  operationId: string;
  method: string;
  path: string;
  parameters: Parameter[];
  body?: Schema;
}

interface WrittenOperation {
  operationId: string;
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { $ref: string } | RequestBody;
}

interface RequestBody {
  content: { 'application/json': { schema: Schema } };
}

/** The public API, as its document says. */
export interface ApiDocument {
  paths: Record<string, Record<string, WrittenOperation>>;
}

/** Reads the document of the gateway in this repository. */
export const readApiDocument = (): ApiDocument =>
  parse(
    readFileSync(join(import.meta.dirname, '../../apps/gateway/openapi.yaml'), 'utf8'),
  ) as ApiDocument;

/** What a value of the document is, or the part of the document that it refers to. */
export function resolved<Part extends object>(
  document: ApiDocument,
  value: Part | { $ref: string },
): Part {
  if (!('$ref' in value) || typeof value.$ref !== 'string') return value as Part;
  const keys = value.$ref.slice(2).split('/');
  const found = keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document);
  return resolved(document, found as Part);
}

/** Every operation of the document. */
export function operationsOf(document: ApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, written]) => {
      const { operationId, parameters = [], requestBody } = written;
      const body = requestBody && resolved<RequestBody>(document, requestBody);
      return {
        operationId,
        method,
        path,
        parameters: parameters.map((one) => resolved<Parameter>(document, one)),
        body: body?.content['application/json'].schema,
      };
    }),
  );
}
