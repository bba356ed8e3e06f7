import { selectorOf, watchTracks } from '../pods';
import type { Values } from '../releases';
import type { Step, World } from '../step';

const SERVICE = 'payments';
/** Connection age with its jitter, and grace (docs/releases.md): so long an old colour may still be called. */
const SWITCH_MS = 81_000;
const MOVED_WITHIN_MS = 90_000;

const release = (values: Record<string, string | number | boolean>): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`release.${name}`, value]));

const change = ({ releases }: World, values: Values) => releases.change(SERVICE, values);

/** Waits until one colour answers everything; gives the seconds that it took. */
async function movedTo(world: World, color: string): Promise<number> {
  const started = performance.now();
  for (;;) {
    const tracks = await watchTracks(world, SERVICE, 2);
    const others = Object.entries(tracks).filter(([track, calls]) => track !== color && calls > 0);
    if ((tracks[color] ?? 0) > 0 && others.length === 0) break;
    if (performance.now() - started > MOVED_WITHIN_MS) {
      throw new Error(`The calls did not move to ${color}: ${JSON.stringify(tracks)}`);
    }
  }
  return Math.round((performance.now() - started) / 1000);
}

/** From the Deployment of the rolling strategy to a colour, without a moment in which nobody is selected. */
async function toBlue(world: World): Promise<void> {
  const { settings, replicas } = world;
  const blue = release({
    strategy: 'blueGreen',
    activeColor: 'blue',
    'colors.blue.replicas': replicas,
    'colors.blue.tag': settings.tag,
  });
  await change(world, { ...blue, ...release({ overlap: true, keepRolling: true }) });
  await change(world, release({ overlap: false }));
  await movedTo(world, 'blue');
  await world.wait(SWITCH_MS);
  await change(world, release({ keepRolling: false }));
}

/** And back to what it was. */
async function toRolling(world: World): Promise<void> {
  await change(world, release({ keepRolling: true, overlap: true, consumersIn: '' }));
  const none = { 'colors.blue.replicas': '', 'colors.blue.tag': '', overlap: '', keepRolling: '' };
  const noGreen = { 'colors.green.replicas': '', 'colors.green.tag': '' };
  await change(world, release({ strategy: '', activeColor: '', ...none, ...noGreen }));
  await world.kubectl.settled(selectorOf(SERVICE), world.replicas);
}

/** Green beside blue, the switch, and the switch back. */
export const blueGreen: Step = {
  name: 'blue-green switch of payments and back',
  planned: true,
  async run(world) {
    const { settings, replicas, say } = world;
    say('  from rolling to blue');
    await toBlue(world);
    say('  green beside blue');
    const green = { 'colors.green.replicas': replicas, 'colors.green.tag': settings.nextTag };
    await change(world, release({ consumersIn: 'blue', ...green }));
    const idle = await watchTracks(world, SERVICE, 5);
    say('  switch to green');
    await change(world, release({ activeColor: 'green' }));
    const there = await movedTo(world, 'green');
    say('  switch back to blue');
    await change(world, release({ activeColor: 'blue' }));
    const back = await movedTo(world, 'blue');
    await world.wait(SWITCH_MS);
    say('  from blue to rolling');
    await change(world, release({ 'colors.green.replicas': '', 'colors.green.tag': '' }));
    await toRolling(world);
    return {
      notes: [
        `all calls in green ${there} s after the switch, in blue ${back} s after the way back`,
      ],
      faults: (idle.green ?? 0) > 0 ? ['green was called before the switch'] : [],
    };
  },
};
