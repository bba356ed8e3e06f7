import { selectorOf } from '../pods';
import type { Step } from '../step';
import { nextRevision } from './rolling-update';

const SERVICE = 'users';
/** The migrations grant to it: they refuse, and say so. */
const ROLE = 'nobody_here';
const REASON = `There is no role ${ROLE}`;

/** What an update is refused with; undefined when it is taken. */
const refusalOf = (update: Promise<void>): Promise<string | undefined> =>
  update.then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

/** An update whose migration fails: the release fails and says why, and what served before serves on. */
export const failedMigration: Step = {
  name: 'update of users with a migration that fails',
  planned: true,
  async run({ releases, kubectl, replicas }) {
    const uids = async () =>
      (await kubectl.pods(selectorOf(SERVICE))).map(({ metadata }) => metadata.uid).sort();
    const before = await uids();
    const broken = { 'migration.runtimeRole': ROLE, 'migration.retries': 0 };
    const started = performance.now();
    const said = await refusalOf(
      releases.change(SERVICE, { ...broken, 'secrets.revision': nextRevision() }),
    );
    const seconds = Math.round((performance.now() - started) / 1000);
    const after = await uids();
    const job = `job/${SERVICE}-migrate`;
    const log = await kubectl.run(['logs', job]).catch(() => '');

    const mended = { 'migration.runtimeRole': '', 'migration.retries': '' };
    await releases.change(SERVICE, mended);
    await kubectl.settled(selectorOf(SERVICE), replicas);

    const byHelm = said?.includes(REASON) === true;
    const why = byHelm ? 'helm says why' : `helm names the Job, and the Job's log says why`;
    return {
      notes: [`refused after ${seconds} s: ${why}`, 'the update after it went through'],
      faults: [
        ...(said === undefined ? ['helm took it for a success'] : []),
        ...(said !== undefined && !said.includes(`${SERVICE}-migrate`)
          ? [`helm does not name the Job that failed: ${said}`]
          : []),
        ...(byHelm || log.includes(REASON) ? [] : [`nobody says why; ${job} says: ${log}`]),
        ...(after.join() === before.join() ? [] : ['pods were replaced before the schema was']),
      ],
    };
  },
};
