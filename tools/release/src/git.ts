import { spawnSync } from 'node:child_process';

/** Commits one file and pushes it to the branch that the cluster follows. */
export interface Git {
  commit(file: string, message: string): void;
}

/**
 * Git in `root`. A push that another release was faster than is tried again on top of it; the files of two services
 * never conflict. `[skip ci]` and the workflows' `paths-ignore` keep such a commit from starting them again.
 */
export function gitIn(root: string, branch: string): Git {
  const git = (...args: string[]) => spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  const mustGit = (...args: string[]) => {
    const { status, stderr } = git(...args);
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr.trim()}`);
  };
  return {
    commit(file, message) {
      mustGit('add', '--', file);
      if (git('diff', '--cached', '--quiet').status === 0) return;
      mustGit('commit', '--quiet', '--message', `${message} [skip ci]`);
      for (
        let tries = 1;
        git('push', '--quiet', 'origin', `HEAD:${branch}`).status !== 0;
        tries++
      ) {
        if (tries === 5) mustGit('push', 'origin', `HEAD:${branch}`);
        mustGit('pull', '--quiet', '--rebase', 'origin', branch);
      }
    },
  };
}
