import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Git } from './git';
import type { Query } from './prometheus';
import { changeRelease, readRelease, releasePath, runningImage, type Image } from './release-file';
import { waitForRollout } from './rollout';
import { watchSlo, type Slo, type WatchOptions } from './slo';
import { stepsOf } from './strategies';

/** What a release of one service needs. */
export interface WalkOptions {
  root: string;
  environment: string;
  namespace: string;
  service: string;
  image: Image;
  /** Usual replicas of the environment. */
  replicas: number;
  git: Git;
  /** Without a Prometheus nobody looks: after each step there is a pause of `blindSeconds` instead. */
  query?: Query;
  blindSeconds: number;
  /** How long pods that have lost the traffic may still be called. */
  connectionSeconds: number;
  slo: Slo;
  rollout: { seconds: number; everySeconds: number };
  watch: WatchOptions;
  say: (line: string) => void;
}

/**
 * Releases an image of one service by commits to its release file: step, wait, watch. When a step does not come up or
 * burns the error budget, the file is put back as it was, that is committed, and this throws.
 */
export async function walkRelease(options: WalkOptions): Promise<void> {
  const { root, environment, service, image, replicas, git, connectionSeconds, say } = options;
  const path = releasePath(root, environment, service);
  const values = await readRelease(path);
  if (runningImage(values).digest === image.digest) {
    say(`${service}: ${image.digest} runs in ${environment} already`);
    return;
  }
  const before = await readFile(path, 'utf8');
  let moved = 0;
  for (const { name, changes, starts, watches, moves, ends } of stepsOf(values, image, replicas)) {
    if (ends) await waitUntil(moved + connectionSeconds * 1000, say);
    say(`${service} in ${environment}: ${name}`);
    await changeRelease(path, changes);
    git.commit(path, `Release ${service} ${image.tag.slice(0, 12)} to ${environment}: ${name}`);
    try {
      await look(options, starts, watches);
    } catch (error) {
      await writeFile(path, before);
      git.commit(path, `Take ${service} in ${environment} back`);
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`Taken back at "${name}". ${reason}`, { cause: error });
    }
    // From when the traffic was seen to have moved, not from the commit: somebody may sync by hand.
    if (moves) moved = performance.now();
  }
}

async function waitUntil(time: number, say: (line: string) => void): Promise<void> {
  const left = time - performance.now();
  if (left <= 0) return;
  say(`  ${Math.ceil(left / 1000)} s more until the last old connection is closed`);
  await delay(left);
}

async function look(
  { namespace, service, image, query, blindSeconds, slo, rollout, watch, say }: WalkOptions,
  starts?: string,
  watches?: string,
): Promise<void> {
  if (query === undefined) {
    await delay(blindSeconds * 1000);
    return;
  }
  const pods = (track: string) => ({ namespace, service, track });
  if (starts !== undefined) await waitForRollout(query, pods(starts), image.tag, rollout, say);
  if (watches !== undefined && watch.seconds > 0) {
    await watchSlo(query, pods(watches), slo, watch, say);
  }
}
