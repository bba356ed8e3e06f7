import type { Service } from '../releases';
import { selectorOf } from '../pods';
import type { Step } from '../step';

let revision = 0;

/** A number that no release had before: pods are replaced when it changes. */
export const nextRevision = (): string => `${Date.now()}-${(revision += 1)}`;

/** All pods of a service are replaced, one after the other. */
export function rollingUpdate(service: Service): Step {
  return {
    name: `rolling update of ${service}`,
    planned: true,
    async run({ releases, kubectl, settings, replicas }) {
      const before = (await kubectl.pods(selectorOf(service))).map(({ metadata }) => metadata.uid);
      await releases.change(service, {
        'image.tag': settings.nextTag,
        'secrets.revision': nextRevision(),
      });
      await kubectl.settled(selectorOf(service), replicas);
      const after = await kubectl.pods(selectorOf(service));
      const left = after.filter(({ metadata }) => before.includes(metadata.uid)).length;
      return { faults: left > 0 ? [`${left} pods were not replaced`] : [] };
    },
  };
}
