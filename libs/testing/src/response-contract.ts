import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

type Schema = Record<string, unknown>;

/** The parts of an OpenAPI document that answers are held against. */
interface Document {
  paths: Record<string, Record<string, unknown>>;
}

/** An operation of the document, by method and path as it writes them. */
interface Operation {
  operationId: string;
  method: string;
  path: string;
}

/** An answer, as any client gives it; names of headers in small letters. */
interface Response {
  status: number;
  headers: Record<string, unknown>;
  text: string;
}

interface Validate {
  (data: unknown): boolean;
  errors?: unknown;
}

interface Ajv {
  addSchema(schema: Schema, key: string): void;
  compile(schema: Schema): Validate;
}

interface DocumentedResponse {
  $ref?: string;
  headers?: Record<string, { $ref?: string; required?: boolean; schema?: Schema }>;
  content?: Record<string, { schema?: Schema }>;
}

/** Every answer that was checked: `createPayment 201`. */
export type Seen = Set<string>;

// The JSON Schema validator of express-openapi-validator itself, wherever npm has put it.
const ownAjv = createRequire(require.resolve('express-openapi-validator'));

function createAjv(): Ajv {
  const { default: Ajv2020 } = ownAjv('ajv/dist/2020') as { default: new (o: object) => Ajv };
  const { default: addFormats } = ownAjv('ajv-formats') as { default: (ajv: Ajv) => void };
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  return ajv;
}

/**
 * Checks answers against the document: the status is documented (or the default covers it), the content type is
 * one of those documented, the body fits its schema, documented headers fit theirs.
 */
export function createContract<Known extends Operation>(
  document: Document,
  operations: readonly Known[],
) {
  const ajv = createAjv();
  ajv.addSchema(document as unknown as Schema, 'openapi');
  const compiled = new Map<string, Validate>();
  const seen: Seen = new Set();

  function resolve<T extends { $ref?: string }>(value: T): T {
    if (!value.$ref) return value;
    const parts = value.$ref.slice(2).split('/');
    return parts.reduce<unknown>((at, key) => (at as Schema)[key], document) as T;
  }

  function check(what: string, schema: Schema, data: unknown): void {
    const text = JSON.stringify(schema);
    const validate = compiled.get(text) ?? ajv.compile(pointingIntoDocument(schema));
    compiled.set(text, validate);
    assert.ok(validate(data), `${what}: ${JSON.stringify({ errors: validate.errors, data })}`);
  }

  return {
    operations,
    seen,

    /** Throws unless the document allows this answer of this operation. Returns the answer. */
    verify<Answer extends Response>(operation: Known, response: Answer): Answer {
      const what = `${operation.operationId} answered ${response.status}`;
      const responses = (document.paths[operation.path]?.[operation.method] as Schema)
        .responses as Record<string, DocumentedResponse>;
      const documented = responses[response.status] ?? responses.default;
      assert.ok(documented, `${what}, which is not documented`);
      const { content, headers = {} } = resolve(documented);
      verifyContent(what, content, response);
      for (const [name, header] of Object.entries(headers)) {
        const value = response.headers[name.toLowerCase()];
        if (value !== undefined) check(`${what}: ${name}`, resolve(header).schema ?? {}, value);
      }
      assert.match(String(response.headers.traceresponse), /^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);
      seen.add(`${operation.operationId} ${response.status}`);
      return response;
    },

    /** Statuses that the document names one by one, for every operation. */
    documentedAnswers(): string[] {
      return operations.flatMap(({ operationId, path, method }) => {
        const { responses } = document.paths[path]?.[method] as { responses: object };
        return Object.keys(responses)
          .filter((status) => status !== 'default')
          .map((status) => `${operationId} ${status}`);
      });
    },
  };

  function verifyContent(
    what: string,
    content: DocumentedResponse['content'],
    response: Response,
  ): void {
    if (content === undefined) {
      assert.equal(response.text, '', `${what} with a body, which is not documented`);
      return;
    }
    const type = String(response.headers['content-type']).split(';')[0] ?? '';
    const media = content[type];
    assert.ok(media, `${what} as ${type}, which is not documented`);
    const isJson = /[/+]json$/.test(type);
    check(what, media.schema ?? {}, isJson ? JSON.parse(response.text) : response.text);
    if (response.status >= 400) {
      const problem = JSON.parse(response.text) as { status: number; traceId: string };
      assert.equal(problem.status, response.status, what);
      assert.ok(String(response.headers.traceresponse).includes(problem.traceId), what);
    }
  }
}

/** References of the document are relative to itself; here they come from outside. */
function pointingIntoDocument(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"openapi#/')) as Schema;
}
