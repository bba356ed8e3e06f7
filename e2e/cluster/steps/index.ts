import { services } from '../releases';
import type { Step } from '../step';
import { autoscale } from './autoscale';
import { blueGreen } from './blue-green';
import { canary } from './canary';
import { crash, freeze } from './crash';
import { failedMigration } from './failed-migration';
import { nodeDrain } from './node-drain';
import { podKill } from './pod-kill';
import { rollback } from './rollback';
import { rollingUpdate } from './rolling-update';
import { kafkaRestart, postgresRestart } from './store-restart';

/** What is done to the system, in this order. */
export const steps: Step[] = [
  ...services.map(rollingUpdate),
  rollback,
  failedMigration,
  blueGreen,
  canary,
  ...services.map(podKill),
  ...services.map(crash),
  freeze('payments'),
  nodeDrain,
  kafkaRestart,
  postgresRestart,
  // Last: it leaves the autoscaler.
  autoscale,
];
