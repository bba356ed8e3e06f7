import { parseImage } from '../image';
import { LIVE } from '../installation';
import { containerRule, type Rule } from './rule';

/** Where images may come from. A registry of your own is added here. */
export const REGISTRIES = [
  'ghcr.io',
  'gcr.io',
  'docker.io',
  'quay.io',
  'registry.k8s.io',
  'docker.elastic.co',
  'cr.fluentbit.io',
];

/** Which program runs, and where it comes from. */
export const images: Rule[] = [
  containerRule(
    {
      id: 'image-tag',
      title: 'the version of every image is stated',
      alsoIn: 'KS, KL, PO, KU C-0075, TR 0013',
    },
    ({ image = '' }) => {
      const { tag, digest } = parseImage(image);
      if (tag === 'latest') return `${image} is whatever is newest`;
      return tag || digest ? undefined : `${image} has no tag`;
    },
  ),
  containerRule(
    {
      id: 'image-registry',
      title: 'images come from known registries',
      alsoIn: 'KU C-0078, TR 0125',
    },
    ({ image = '' }) =>
      REGISTRIES.includes(parseImage(image).registry)
        ? undefined
        : `${image} comes from a registry that is not in the list`,
  ),
  containerRule(
    {
      id: 'image-digest',
      title: 'where it matters, images are named by digest: a tag can be moved',
      alsoIn: 'KU C-0306',
      environments: LIVE,
    },
    ({ image = '' }) => (parseImage(image).digest ? undefined : `${image} has no digest`),
  ),
  containerRule(
    {
      id: 'image-pull',
      title: 'where it matters, the node asks the registry whether it may run the image',
      alsoIn: 'KS, PO',
      environments: LIVE,
    },
    ({ imagePullPolicy = 'the default' }) =>
      imagePullPolicy === 'Always' ? undefined : `imagePullPolicy is ${imagePullPolicy}`,
  ),
];
