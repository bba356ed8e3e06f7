import { createHmac } from 'node:crypto';
import fc, { type Arbitrary } from 'fast-check';
import type { ApiDocument, Operation, Parameter } from './document';
import type { Sent } from './send';
import { damaged, oddText, oddValue, valueOf, type Existing } from './values';

/** Who asks, and what there is to ask about. */
export interface Asker {
  /** None: nobody. */
  token?: string;
  existing: Existing;
}

/** What the requests of a run have in common. */
export interface World {
  document: ApiDocument;
  /** By which webhooks are signed. */
  webhookSecret: string;
}

const mostly = <Value>(usual: Arbitrary<Value>, odd: Arbitrary<Value>) =>
  fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: odd });

/** A lone surrogate cannot be sent in a URL. */
const escaped = (text: string) => encodeURIComponent(text.toWellFormed());

/** Some odd texts go out as they are, where a URL can hold them: wrong escapes among them. */
const oddSegment = mostly(
  oddText.map(escaped),
  oddText.map((text) => text.replace(/[^!-~]|[/?#]/gu, '')),
);

/** What a header can hold. */
const oddHeader = oddText.map((text) => text.replace(/[^\t\x20-\x7e\x80-\xff]/gu, ''));

const valuesOf = ({ document }: World, { existing }: Asker, parameters: Parameter[]) =>
  parameters.map(
    ({ name, schema }) =>
      [name, valueOf(document, schema, existing, name).map((value) => String(value))] as const,
  );

function pathOf(world: World, asker: Asker, { path, parameters }: Operation): Arbitrary<string> {
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const segments = valuesOf(world, asker, inPath).map(
    ([name, value]) => [name, mostly(value.map(escaped), oddSegment)] as const,
  );
  return fc
    .record(Object.fromEntries(segments))
    .map((values) => path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''));
}

function queryOf(world: World, asker: Asker, { parameters }: Operation): Arbitrary<string> {
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  const pairs = valuesOf(world, asker, inQuery).map(([name, value]) =>
    fc
      .tuple(
        mostly(fc.constant(name), fc.constantFrom(`${name}[]`, `${name}[a]`, `${name}[__proto__]`)),
        mostly(value.map(escaped), oddSegment),
      )
      .map((pair) => pair.join('=')),
  );
  const unknown = oddSegment.map((odd) => `unknown=${odd}`);
  const any = fc.array(mostly(pairs.length === 0 ? unknown : fc.oneof(...pairs), unknown), {
    maxLength: 4,
  });
  return mostly(pairs.length === 0 ? fc.constant<string[]>([]) : any, any).map((all) =>
    all.length === 0 ? '' : `?${all.join('&')}`,
  );
}

/** What any client may send along. */
const commonHeaders: Arbitrary<Record<string, string>> = fc.record(
  {
    accept: fc.constantFrom('*/*', 'text/html', 'application/xml;q=0.1', ''),
    'x-request-id': oddHeader,
    traceparent: mostly(fc.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/), oddHeader),
    'x-forwarded-for': mostly(fc.ipV6(), oddHeader),
    origin: oddHeader,
    'user-agent': oddHeader,
    'x-http-method-override': fc.constantFrom('DELETE', 'PATCH'),
    cookie: oddHeader,
    large: fc.constant('x'.repeat(10_000)),
  },
  { requiredKeys: [] },
);

/** A wait is a second at most here, for the sake of the time that all takes. */
const shortWait = fc.constantFrom('wait=1', 'wait=0', 'wait=-1', 'wait=x', 'respond-async');

function headersOf(
  world: World,
  asker: Asker,
  operation: Operation,
): Arbitrary<Record<string, string>> {
  const inHeader = operation.parameters.filter((parameter) => parameter.in === 'header');
  const documented = valuesOf(world, asker, inHeader).map(([name, value]) => [
    name.toLowerCase(),
    name === 'Prefer'
      ? shortWait
      : mostly(
          value.map((text) => text.replace(/[^\x20-\x7e]/gu, '')),
          oddHeader,
        ),
  ]);
  const own = Object.fromEntries(documented) as Record<string, Arbitrary<string>>;
  const { token } = asker;
  const authorization =
    token === undefined ? undefined : mostly(fc.constant(`Bearer ${token}`), oddHeader);
  const always = { ...own, ...(authorization && { authorization }) };
  return fc
    .tuple(
      mostly(fc.record(always), fc.record(always, { requiredKeys: [] })),
      mostly(fc.constant({}), commonHeaders),
    )
    .map(([first, second]) => ({ ...second, ...first }));
}

type Content = Pick<Sent, 'body' | 'headers'>;

const asJson = (value: unknown): Content => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** Bodies that are no JSON, or more than one wants to read. */
const brokenText: Arbitrary<string | Uint8Array> = fc.oneof(
  fc.constantFrom(
    '{"__proto__":{"a":1}}',
    '{"a":1,"a":2}',
    '{"a":',
    '\ufeff{}',
    '[1,]',
    'NaN',
    `"${'x'.repeat(80_000)}"`,
    '['.repeat(20_000),
    `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`,
  ),
  oddText,
  fc.uint8Array({ maxLength: 60 }),
);

const types = [
  'application/json;charset=utf-16',
  'application/json; charset=none',
  'application/merge-patch+json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'text/plain',
  'application/',
  ';',
];

/** The same body under a type or an encoding that it does not have. */
const mislabelled = ({ headers, body }: Content): Arbitrary<Content> =>
  fc
    .oneof(
      fc.constantFrom(...types).map((type) => ({ 'content-type': type })),
      fc
        .constantFrom('gzip', 'deflate', 'br', 'none')
        .map((encoding) => ({ ...headers, 'content-encoding': encoding })),
      fc.constant({}),
    )
    .map((changed) => ({ headers: changed as Record<string, string>, body }));

function contentOf(
  { document }: World,
  { existing }: Asker,
  { body }: Operation,
): Arbitrary<Content> {
  const none = fc.constant<Content>({ headers: {} });
  if (body === undefined) return mostly(none, oddValue.map(asJson));
  const valid = valueOf(document, body, existing);
  return fc.oneof(
    { weight: 8, arbitrary: valid.map(asJson) },
    { weight: 6, arbitrary: valid.chain(damaged).map(asJson) },
    { weight: 2, arbitrary: valid.map(asJson).chain(mislabelled) },
    { weight: 2, arbitrary: brokenText.map((text) => ({ ...asJson(0), body: text })) },
    { weight: 1, arbitrary: none },
  );
}

const SIGNATURE = 'card-processor-signature';

/** Webhooks that nobody signed stop at the signature: most are signed here. */
function signed(sent: Sent, secret: string): Sent {
  const time = Math.floor(Date.now() / 1000);
  const mac = createHmac('sha256', secret).update(`${time}.`);
  const signature = `t=${time},v1=${mac.update(sent.body ?? '').digest('hex')}`;
  return { ...sent, headers: { ...sent.headers, [SIGNATURE]: signature } };
}

/** Requests of an operation, good ones and all kinds of bad ones. */
export function requestsOf(world: World, asker: Asker, operation: Operation): Arbitrary<Sent> {
  const isWebhook = operation.parameters.some(({ name }) => name.toLowerCase() === SIGNATURE);
  const all = fc
    .record({
      path: pathOf(world, asker, operation),
      query: queryOf(world, asker, operation),
      headers: headersOf(world, asker, operation),
      content: contentOf(world, asker, operation),
    })
    .map(({ path, query, headers, content }) => ({
      method: operation.method.toUpperCase(),
      target: path + query,
      headers: { ...headers, ...content.headers },
      body: content.body,
    }));
  return isWebhook
    ? mostly(
        all.map((sent) => signed(sent, world.webhookSecret)),
        all,
      )
    : all;
}
