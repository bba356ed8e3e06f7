import type { Limits } from './arguments';

/** Which image a program stands for. */
export interface Order {
  app: string;
  image: string;
  label: string;
  /** The client. */
  docker: string;
  limits: Limits;
  /** Names of the settings that the app reads. */
  settings: string[];
}

const variable = 'QUAYSIDE_CONTAINER';

/** A program that runs `container`, the bundle of `main.ts` beside this file, for one image. */
export const programFor = (order: Order, container: string): string =>
  [
    `process.env.${variable} = ${JSON.stringify(JSON.stringify(order))};`,
    `require(${JSON.stringify(container)});`,
    '',
  ].join('\n');

/** The order that the program gave. */
export function readOrder(): Order {
  const order = process.env[variable];
  if (order === undefined)
    throw new Error(`${variable} is not set: start a program of programFor.`);
  return JSON.parse(order) as Order;
}
