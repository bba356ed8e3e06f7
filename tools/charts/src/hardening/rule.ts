import type { IContainer } from 'kubernetes-models/v1/Container';
import type { Installation } from '../installation';
import { nameOf, type Manifest } from '../manifest';
import type { Environment } from '../render';
import { containersOf, workloadsOf, type Workload } from '../workload';

/** One thing that breaks a rule. */
export interface Finding {
  /** `Deployment/payments`. */
  object: string;
  container?: string;
  message: string;
}

/** One row of the checklist: what must hold, and who else checks it. */
export interface Rule {
  id: string;
  title: string;
  /**
   * Checks of others that ask for the same: KS kube-score, KL kube-linter, PO Polaris, KU Kubescape, PSS Pod Security
   * Standards (B baseline, R restricted), TR Trivy. Empty: nobody else knows this system that well.
   */
  alsoIn: string;
  /** Where it holds; everywhere when not given. */
  environments?: readonly Environment[];
  check(installation: Installation): Finding[] | Promise<Finding[]>;
}

type Head = Pick<Rule, 'id' | 'title' | 'alsoIn' | 'environments'>;
type Messages = string | readonly string[] | undefined;

const asList = (messages: Messages): readonly string[] =>
  messages === undefined ? [] : typeof messages === 'string' ? [messages] : messages;

/** A rule about each container; the function returns what is wrong with one. */
export const containerRule = (
  head: Head,
  problems: (container: IContainer, workload: Workload) => Messages,
): Rule => ({
  ...head,
  check: ({ objects }) =>
    workloadsOf(objects).flatMap((workload) =>
      containersOf(workload.pod).flatMap((container) =>
        asList(problems(container, workload)).map((message) => ({
          object: nameOf(workload.manifest),
          container: container.name,
          message,
        })),
      ),
    ),
});

/** A rule about each object that makes pods. */
export const workloadRule = (
  head: Head,
  problems: (workload: Workload, installation: Installation) => Messages,
): Rule => ({
  ...head,
  check: (installation) =>
    workloadsOf(installation.objects).flatMap((workload) =>
      asList(problems(workload, installation)).map((message) => ({
        object: nameOf(workload.manifest),
        message,
      })),
    ),
});

/** A rule about each object of these kinds; of all kinds when none is named. */
export const objectRule = (
  head: Head,
  kinds: readonly string[],
  problems: (manifest: Manifest, installation: Installation) => Messages,
): Rule => ({
  ...head,
  check: (installation) =>
    installation.objects
      .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
      .flatMap((manifest) =>
        asList(problems(manifest, installation)).map((message) => ({
          object: nameOf(manifest),
          message,
        })),
      ),
});
