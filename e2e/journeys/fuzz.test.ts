// Every operation of openapi.yaml is asked by property: as nobody, as a customer and as an operator, with good requests and
// all kinds of bad ones. FUZZ_RUNS: requests per operation and asker; FUZZ_SEED: repeats what a run with that seed sent.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readSecrets, type RunningSystem } from '@quayside/dev';
import { createContract } from '@quayside/testing';
import fc from 'fast-check';
import { makeAskers, type Askers } from '../fuzz/askers';
import { operationsOf, readApiDocument, type Operation } from '../fuzz/document';
import { leakIn } from '../fuzz/leaks';
import { requestsOf, type Asker, type World } from '../fuzz/requests';
import { send, type Received, type Sent } from '../fuzz/send';
import { startTemporarySystem } from '../temporary';

const numRuns = Number(process.env.FUZZ_RUNS ?? 10);
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
console.log(`FUZZ_SEED=${seed} FUZZ_RUNS=${numRuns}`);

const document = readApiDocument();
const operations = operationsOf(document);
const contract = createContract(document, operations);

let system: RunningSystem;
let world: World;
let askers: Askers;
before(async () => {
  system = await startTemporarySystem();
  world = { document, webhookSecret: readSecrets(system.secretsFile).cardWebhooks };
  askers = await makeAskers(system);
});
after(async () => {
  await system.stop();
});

/** Sends a request and looks at what every answer must be. */
async function ask(sent: Sent): Promise<Received> {
  const answer = await send(system.gatewayUrl, sent);
  assert.ok(answer.status < 500, `answered ${answer.status}: ${answer.text}`);
  const said = `${decoded(sent.target)} ${String(sent.body)}`;
  assert.equal(leakIn(answer.text, said), undefined, answer.text);
  return answer;
}

/** An answer repeats paths as they were read. */
function decoded(target: string): string {
  try {
    return `${target} ${decodeURIComponent(target)}`;
  } catch {
    return target;
  }
}

async function fuzz(operation: Operation, asker: Asker): Promise<void> {
  await fc.assert(
    fc.asyncProperty(requestsOf(world, asker, operation), async (sent) => {
      contract.verify(operation, await ask(sent));
    }),
    { numRuns, seed, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false },
  );
}

const methods = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace', 'propfind'];

test('a method that a path does not have is refused as documented', async () => {
  const asked = fc.record({
    operation: fc.constantFrom(...operations),
    method: fc.constantFrom(...methods),
    asker: fc.constantFrom(askers.nobody, askers.operator),
  });
  const requests = asked.chain(({ operation, method, asker }) =>
    requestsOf(world, asker, { ...operation, method }).map((sent) => ({ operation, sent })),
  );
  await fc.assert(
    fc.asyncProperty(requests, async ({ operation, sent }) => {
      const known = operations.some(
        ({ path, method }) => path === operation.path && method.toUpperCase() === sent.method,
      );
      fc.pre(!known);
      const answer = await ask(sent);
      // Neither is an operation of the document: one has no body, the other says what is allowed.
      if (['HEAD', 'OPTIONS'].includes(sent.method)) return;
      assert.ok(answer.status >= 400, `answered ${answer.status}`);
      contract.verify(operation, answer);
    }),
    { numRuns: numRuns * 10, seed },
  );
});

describe('every answer to anything is as documented, says nothing of the inside, and is no failure', () => {
  for (const operation of operations) {
    test(operation.operationId, async () => {
      await fuzz(operation, askers.nobody);
      await fuzz(operation, askers.customerFor(operation));
      await fuzz(operation, askers.operator);
    });
  }
});

test('it came further than the validation: most operations were done at least once', () => {
  const done = operations.filter(({ operationId }) =>
    [...contract.seen].some((one) => one.startsWith(`${operationId} 2`)),
  );
  assert.ok(done.length > operations.length / 2, [...contract.seen].join(', '));
});
