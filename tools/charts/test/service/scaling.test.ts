import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { IHorizontalPodAutoscalerSpec } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscalerSpec';
import { helmMissing } from '../../src/helm';
import { inRepository } from '../../src/repository';
import { rendered } from './service-chart';

const SERVICES = ['gateway', 'auth', 'users', 'payments'];
const millis = (cpu: string) => (cpu.endsWith('m') ? Number.parseInt(cpu, 10) : Number(cpu) * 1000);

/** What production requests of one service, as a row of the page. */
async function sizeOf(service: string) {
  const objects = await rendered(service, {}, 'production');
  const scaler = objects.find(({ kind }) => kind === 'HorizontalPodAutoscaler')!;
  const { minReplicas, maxReplicas, metrics } = scaler.spec as IHorizontalPodAutoscalerSpec;
  const target = objects.find(({ kind }) => kind === 'Deployment')! as unknown as {
    spec: { template: { spec: { containers: { resources: { requests: { cpu: string } } }[] } } };
  };
  const request = millis(target.spec.template.spec.containers[0]!.resources.requests.cpu);
  const percent = metrics![0]!.containerResource!.target.averageUtilization!;
  return { request, percent, least: minReplicas!, most: maxReplicas };
}

describe('docs/scaling.md', { skip: helmMissing() }, () => {
  test("has production's numbers", async () => {
    const page = readFileSync(inRepository('docs/scaling.md'), 'utf8');
    const sizes = await Promise.all(SERVICES.map(sizeOf));
    const rows = sizes.map(
      ({ request, percent, least, most }, index) =>
        `| ${SERVICES[index] ?? ''} | ${request}m | ${(request * percent) / 100}m | ${least} to ${most} | ` +
        `${request * least}m | ${request * most}m |`,
    );
    const sum = (of: 'least' | 'most') =>
      sizes.reduce((total, size) => total + size.request * size[of], 0);
    rows.push(`| together | | | | ${sum('least')}m | ${sum('most')}m |`);
    for (const row of rows) assert.ok(page.includes(row), `the page lacks: ${row}`);
  });
});
