import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { confirmContext, isLocal } from '../context';
import { readClusterSettings } from '../settings';

const nobody = () => Promise.resolve(undefined);

describe('the cluster of test:cluster', () => {
  test('is touched without a question only when its name says that it is local', async () => {
    const local = ['kind-quayside', 'k3d-x', 'minikube', 'docker-desktop', 'rancher-desktop'];
    for (const context of local) await confirmContext(context, undefined, nobody);
    for (const context of ['production', 'my-kind-cluster', 'minikube-prod', '']) {
      assert.equal(isLocal(context), false);
      await assert.rejects(confirmContext(context, undefined, nobody), /Nothing was touched/);
    }
  });

  test('that is not local needs its name, by setting or on the terminal', async () => {
    await confirmContext('staging', 'staging', nobody);
    await assert.rejects(confirmContext('production', 'staging', nobody), /CLUSTER_CONFIRM/);
    await confirmContext('staging', undefined, () => Promise.resolve(' staging\n'));
    const yes = () => Promise.resolve('yes');
    await assert.rejects(confirmContext('staging', undefined, yes), /Nothing was touched/);
  });
});

describe('the settings of test:cluster', () => {
  test('need the tag of the images, and have defaults for the rest', () => {
    assert.throws(() => readClusterSettings({}), /Set IMAGE_TAG/);
    assert.throws(() => readClusterSettings({ IMAGE_TAG: 'a', RATE: 'x' }), /RATE is x/);
    const settings = readClusterSettings({
      IMAGE_TAG: 'a',
      HELM_EXTRA_ARGS: '--post-renderer adapt  --server-side=false',
      STEPS: 'rolling,canary',
    });
    assert.deepEqual(settings.helmArgs, ['--post-renderer', 'adapt', '--server-side=false']);
    assert.deepEqual(settings.steps, ['rolling', 'canary']);
    assert.deepEqual(
      [settings.nextTag, settings.namespace, settings.keep],
      ['a', 'quayside-test', false],
    );
  });
});
