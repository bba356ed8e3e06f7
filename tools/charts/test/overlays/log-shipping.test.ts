import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { before, describe, test } from 'node:test';
import type { IContainer } from 'kubernetes-models/v1/Container';
import { parse } from 'yaml';
import { helmMissing } from '../../src/helm';
import { selects, type Selector } from '../../src/selector';
import type { Manifest } from '../../src/manifest';
import { render } from '../../src/render';
import { workloadsOf } from '../../src/workload';
import { deployment, find, namesOf, podOf, settingsOf } from '../service/service-chart';
import { beside, refuses, withOverlays } from './overlay';

interface FluentBit {
  service: { http_port: number; grace: number };
  parsers: { name: string; format: string; time_key: string; time_format: string }[];
  pipeline: {
    inputs: { name: string; path: string; parser: string; db: string }[];
    outputs: Record<string, unknown>[];
  };
}

const configOf = (objects: readonly Manifest[]) =>
  parse(
    (find(objects, 'ConfigMap', 'log-shipping').data as Record<string, string>)['fluent-bit.yaml']!,
  ) as FluentBit;

describe('log-shipping', { skip: helmMissing() }, () => {
  let release: Manifest[];
  let sidecar: IContainer;
  let config: FluentBit;

  before(async () => {
    release = await withOverlays('payments', ['log-shipping']);
    sidecar = podOf(release, 'payments').initContainers!.find(({ name }) => name === 'fluent-bit')!;
    config = configOf(await beside('log-shipping'));
  });

  test('the sidecar reads the file that the service writes, in a volume that both mount', () => {
    const { LOG_FILE } = settingsOf(release, 'payments');
    const [input] = config.pipeline.inputs;
    assert.equal(input!.path, LOG_FILE);
    const volumeAt = ({ volumeMounts = [] }: IContainer) =>
      volumeMounts.find(({ mountPath }) => mountPath === dirname(LOG_FILE!));
    const own = volumeAt(podOf(release, 'payments').containers[0]!);
    assert.ok(own && !own.readOnly);
    assert.equal(volumeAt(sidecar)!.name, own.name);
    // Fluent Bit's own notes are there too: its root file system is read-only.
    assert.equal(dirname(input!.db), dirname(LOG_FILE!));
  });

  test('what the file may hold fits into the volume, twice and with room', () => {
    const { LOG_FILE_MAX_BYTES } = settingsOf(release, 'payments');
    const volume = podOf(release, 'payments').volumes!.find(({ name }) => name === 'logs')!;
    const mebibytes = Number(String(volume.emptyDir!.sizeLimit).replace('Mi', ''));
    assert.ok((2 * Number(LOG_FILE_MAX_BYTES)) / 1024 / 1024 <= mebibytes / 2);
  });

  test('it starts before the service and ends after it', () => {
    assert.equal(sidecar.restartPolicy, 'Always');
    assert.ok(sidecar.startupProbe);
    assert.deepEqual(
      podOf(release, 'payments').containers.map(({ name }) => name),
      ['payments'],
    );
  });

  test('it is given the configuration that stands beside, and answers on the port that is probed', async () => {
    const path = sidecar.args![0]!.replace('--config=', '');
    const mount = sidecar.volumeMounts!.find(({ mountPath }) => mountPath === dirname(path))!;
    const volume = podOf(release, 'payments').volumes!.find(({ name }) => name === mount.name)!;
    const { data } = find(await beside('log-shipping'), 'ConfigMap', volume.configMap!.name!);
    assert.deepEqual(Object.keys(data as object), [path.slice(dirname(path).length + 1)]);
    assert.equal(sidecar.ports![0]!.containerPort, config.service.http_port);
  });

  test('lines are parsed as libs/telemetry writes them', () => {
    const parser = config.parsers.find(({ name }) => name === config.pipeline.inputs[0]!.parser)!;
    assert.deepEqual([parser.format, parser.time_key], ['json', 'time']);
    // What pino's isoTime writes.
    const time = new Date(0).toISOString();
    const pattern = parser.time_format
      .replace('.', '\\.')
      .replace('%Y', '\\d{4}')
      .replace('%L', '\\d{3}')
      .replace('%z', 'Z')
      .replaceAll(/%[mdHMS]/g, '\\d{2}');
    assert.match(time, new RegExp(`^${pattern}$`));
  });

  test('it has until the end of the grace period to deliver', () => {
    const { terminationGracePeriodSeconds: whole } = podOf(release, 'payments');
    const settings = settingsOf(release, 'payments');
    const service = Number(settings.DRAIN_DELAY_MS) + Number(settings.SHUTDOWN_TIMEOUT_MS);
    assert.ok(config.service.grace <= whole! - service / 1000);
  });

  test('the output is the one that is given, and the pods of services may reach it', async () => {
    const outputs = [{ name: 'forward', host: 'fluentd.example.com', port: 24224 }];
    const destination = { cidr: '192.0.2.7/32', port: 24224 };
    const objects = await beside('log-shipping', { outputs, destination });
    assert.deepEqual(configOf(objects).pipeline.outputs, [
      { match: '*', retry_limit: 'no_limits', ...outputs[0] },
    ]);
    assert.deepEqual(namesOf(objects, 'NetworkPolicy'), ['payments-log-shipping']);
    const { podSelector, egress } = find(objects, 'NetworkPolicy', 'payments-log-shipping')
      .spec as { podSelector: Selector; egress: unknown };
    assert.deepEqual(egress, [
      {
        to: [{ ipBlock: { cidr: '192.0.2.7/32' } }],
        ports: [{ protocol: 'TCP', port: 24224 }],
      },
    ]);
    const reached = workloadsOf(release).filter(({ labels }) => selects(podSelector, labels));
    assert.deepEqual(
      reached.map(({ manifest }) => manifest.kind),
      ['Deployment'],
    );
  });

  test('as it comes, lines go to the Elasticsearch of observability-local, and are let in there', async () => {
    const logs = await render({
      chart: 'observability-local',
      release: 'observability-local',
      values: [],
      override: { logs: { enabled: true } },
      namespace: 'observability',
    });
    const elasticsearch = workloadsOf(logs).find(
      ({ manifest }) => manifest.metadata.name === 'elasticsearch',
    )!;
    const objects = await beside('log-shipping');
    const [output] = configOf(objects).pipeline.outputs;
    const service = find(logs, 'Service', 'elasticsearch');
    assert.equal(output!.host, `elasticsearch.${service.metadata.namespace}.svc`);
    const admitting = objects.filter(
      ({ kind, metadata }) =>
        kind === 'NetworkPolicy' && metadata.namespace === elasticsearch.namespace,
    );
    assert.equal(admitting.length, 1);
    const { podSelector, ingress } = admitting[0]!.spec as {
      podSelector: Selector;
      ingress: { from: { podSelector: Selector }[]; ports: { port: number }[] }[];
    };
    assert.ok(selects(podSelector, elasticsearch.labels));
    const { labels } = deployment(release, 'payments').template.metadata!;
    assert.ok(selects(ingress[0]!.from[0]!.podSelector, labels!));
    assert.equal(ingress[0]!.ports[0]!.port, output!.port);
  });

  test('goes together with another overlay: what both add is there', async () => {
    const pod = podOf(await withOverlays('payments', ['vault', 'log-shipping']), 'payments');
    const names = pod.volumes!.map(({ name }) => name);
    assert.ok(['logs', 'log-shipping', 'vault-token'].every((name) => names.includes(name)));
  });

  test('refuses what cannot work', async () => {
    await refuses('log-shipping', { outputs: [{ name: '' }] }, /outputs/);
    await refuses('log-shipping', { destination: { cidr: 'elastic.example.com' } }, /cidr/);
  });
});
