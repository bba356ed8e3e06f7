import { watchTracks } from '../pods';
import type { Load } from '../load/control';
import type { Step, World } from '../step';

const SERVICE = 'gateway';
const WEIGHTS = [0, 10, 50, 100, 0];
/** Enough requests for a share to be told within three points. */
const WATCH_SECONDS = 60;
const POINTS = 3;

const GATEWAY_API = 'crd/gateways.gateway.networking.k8s.io';
const CLASS = 'quayside';

const entrance = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'quayside' },
  spec: {
    gatewayClassName: CLASS,
    listeners: [
      { name: 'http', protocol: 'HTTP', port: 80, allowedRoutes: { namespaces: { from: 'Same' } } },
    ],
  },
};

async function addressOf({ kubectl }: World): Promise<string> {
  await kubectl.run(['wait', 'gateway/quayside', '--for=condition=Programmed', '--timeout=180s']);
  const path = 'jsonpath={.status.addresses[0].value}';
  return kubectl.run(['get', 'gateway/quayside', '-o', path]);
}

/** Sets the weight and compares it with the share of requests that the canary really answers. */
async function tryWeight(world: World, load: Load, weight: number) {
  await world.releases.change(SERVICE, { 'release.canary.weight': weight });
  // What was on its way by the old weight is not counted.
  await watchTracks(world, SERVICE, 5);
  const summaries = [await load.cut()];
  const tracks = await watchTracks(world, SERVICE, WATCH_SECONDS);
  const [canary = 0, stable = 0] = [tracks.canary, tracks.stable];
  const share = (100 * canary) / Math.max(1, canary + stable);
  const note = `${weight} %: ${share.toFixed(1)} % of ${canary + stable} requests`;
  world.say(`  ${note}`);
  summaries.push(await load.cut());
  const wrong = canary + stable === 0 || Math.abs(share - weight) > POINTS;
  return {
    note,
    summaries,
    faults: wrong ? [`the canary's share is not ${weight} %: ${note}`] : [],
  };
}

async function takeBack({ releases, kubectl }: World): Promise<void> {
  await releases.change(SERVICE, { 'release.canary.replicas': '', 'release.canary.weight': '' });
  const rest = { 'httpRoute.enabled': '', 'release.strategy': '', 'release.canary.tag': '' };
  await releases.change(SERVICE, rest);
  await kubectl.run(['delete', 'gateway/quayside']);
}

/** The gateway's canary gets more and more of the requests that come through an HTTPRoute. */
export const canary: Step = {
  name: 'canary of the gateway 0-10-50-100-0',
  planned: true,
  async unable({ kubectl }) {
    if (!(await kubectl.has([GATEWAY_API]))) return 'this cluster has no Gateway API';
    const found = await kubectl.has([`gatewayclass/${CLASS}`]);
    return found ? undefined : `there is no GatewayClass ${CLASS} (npm run cluster:up makes it)`;
  },
  async run(world) {
    const { kubectl, releases, settings, load } = world;
    await kubectl.apply(entrance);
    await releases.change(SERVICE, {
      'httpRoute.enabled': true,
      'release.strategy': 'canary',
      'release.canary.replicas': world.replicas,
      'release.canary.weight': 0,
      'release.canary.tag': settings.nextTag,
    });
    // Only what comes through the route may be counted.
    await load.setRate(0);
    const found: Awaited<ReturnType<typeof tryWeight>>[] = [];
    const wrong: string[] = [];
    try {
      const routed = await world.startLoad(`http://${await addressOf(world)}`);
      await routed.ready();
      for (const weight of WEIGHTS) found.push(await tryWeight(world, routed, weight));
      wrong.push(...(await routed.audit()).findings);
      await routed.end();
    } finally {
      await load.setRate(settings.perSecond);
      await takeBack(world);
    }
    return {
      notes: found.map(({ note }) => note),
      faults: [...found.flatMap(({ faults }) => faults), ...wrong],
      summaries: found.flatMap(({ summaries }) => summaries),
    };
  },
};
