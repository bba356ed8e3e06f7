import { selectorOf } from '../pods';
import type { Step } from '../step';
import { nextRevision } from './rolling-update';

/** An update is taken back by `helm rollback`. */
export const rollback: Step = {
  name: 'helm rollback of users',
  planned: true,
  async run({ releases, kubectl, settings, replicas }) {
    const good = await releases.revision('users');
    const values = { 'image.tag': settings.nextTag, 'secrets.revision': nextRevision() };
    await releases.change('users', values);
    const started = performance.now();
    await releases.rollback('users', good);
    await kubectl.settled(selectorOf('users'), replicas);
    const seconds = Math.round((performance.now() - started) / 1000);
    return { notes: [`back on revision ${good} after ${seconds} s`] };
  },
};
