import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import { CallContextManager } from './context-manager';

const key = createContextKey('test');
const manager = new CallContextManager().enable();

test('a bound function runs in its context, an emitter stays as it is', () => {
  const bound = ROOT_CONTEXT.setValue(key, 'bound');
  const read = () => manager.active().getValue(key);
  assert.equal(manager.bind(bound, read)(), 'bound');
  const emitter = new EventEmitter();
  assert.equal(manager.bind(bound, emitter), emitter);
  assert.equal(Object.hasOwn(emitter, 'on'), false);
});

test('the context follows what is awaited', async () => {
  const inside = ROOT_CONTEXT.setValue(key, 'inside');
  await manager.with(inside, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(manager.active().getValue(key), 'inside');
  });
});
