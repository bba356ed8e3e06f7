import { availability } from './availability';
import { files } from './files';
import { identity } from './identity';
import { edge } from './edge';
import { images } from './images';
import { objects } from './objects';
import { placement } from './placement';
import { privileges } from './privileges';
import { probes } from './probes';
import type { Rule } from './rule';

/** Every rule that a rendered installation must keep, in the order in which they are read. */
export const checklist: readonly Rule[] = [
  ...privileges,
  ...files,
  ...identity,
  ...images,
  ...probes,
  ...availability,
  ...placement,
  ...objects,
  ...edge,
];
