import { mustRun, type Run } from './command';
import { clusterName } from './up';

/** Deletes the kind cluster of `clusterUp`, with everything in it; other clusters are never touched. */
export async function clusterDown(run: Run, say: (line: string) => void): Promise<void> {
  const { stdout } = await mustRun(run, 'kind', ['get', 'clusters']);
  if (!stdout.split(/\s+/).includes(clusterName)) {
    say(`There is no kind cluster ${clusterName}: nothing to delete.`);
    return;
  }
  await mustRun(run, 'kind', ['delete', 'cluster', '--name', clusterName]);
  say(`kind cluster ${clusterName}: deleted`);
}
