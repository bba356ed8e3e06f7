import type { Form } from './matrix';
import type { Manifest } from './manifest';
import type { Environment } from './render';

/** What is in the cluster at one time: the objects of all releases that one combination of the matrix installs. */
export interface Installation {
  name: string;
  environment: Environment;
  /** Its form in the matrix, when it is not as its files say. */
  form?: Form;
  objects: readonly Manifest[];
  /** What operators make of them: others may refer to it, nobody checks it. */
  operated: readonly Manifest[];
}

/** The environments in which somebody depends on the system. */
export const LIVE: readonly Environment[] = ['staging', 'production'];

/** Everything that one object may refer to. */
export const everything = ({ objects, operated }: Installation) => [...objects, ...operated];
