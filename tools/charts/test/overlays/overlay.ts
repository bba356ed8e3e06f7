import assert from 'node:assert/strict';
import type { Manifest } from '../../src/manifest';
import { render, type Rendering } from '../../src/render';
import type { Values } from '../../src/values';

export const CALL_GRAPH = 'helm/call-graph.yaml';

/** The folder of an overlay: what stands beside a release is a chart in it. */
export const folderOf = (overlay: string) => `helm/overlays/${overlay}`;

/** The values that an overlay has for the release of a service. */
export const serviceValuesOf = (overlay: string) => `${folderOf(overlay)}/service-values.yaml`;

/** The chart of an overlay, as it is installed beside `payments`. */
export const besideRendering = (
  overlay: string,
  override: Values = {},
  values: readonly string[] = [],
): Rendering => ({
  chart: folderOf(overlay),
  release: `payments-${overlay}`,
  values,
  override,
});

/** What the chart of an overlay makes. */
export const beside = (overlay: string, override: Values = {}, values: readonly string[] = []) =>
  render(besideRendering(overlay, override, values));

/** The release of a service in production, rolling, with the values of these overlays over the others. */
export const withOverlays = (
  service: string,
  overlays: readonly string[],
  override: Values = {},
): Promise<Manifest[]> =>
  render({
    chart: 'service',
    release: service,
    values: [
      CALL_GRAPH,
      `helm/values/${service}.yaml`,
      'helm/values/env/production.yaml',
      ...overlays.map(serviceValuesOf),
    ],
    override: { image: { tag: '1.2.3', digest: `sha256:${'0'.repeat(64)}` }, ...override },
  });

/** Asserts that helm refuses with a message that fits. */
export async function refused(rendering: Rendering, message: RegExp): Promise<void> {
  await assert.rejects(render(rendering), message);
}

/** Asserts that the chart of an overlay refuses these values. */
export const refuses = (overlay: string, override: Values, message: RegExp, values?: string[]) =>
  refused(besideRendering(overlay, override, values), message);
