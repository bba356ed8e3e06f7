import type { Values } from '../../src/values';
import { canaryOf } from './mesh';
import { CALL_GRAPH } from './overlay';

const service = 'payments';
/** As long as the shortest text that kubeseal writes, and of its letters. */
const sealed = `Ag${'A'.repeat(705)}=`;

/** One way to install the chart of an overlay. */
export interface Example {
  overlay: string;
  values: Values;
  files?: string[];
}

const graph = [CALL_GRAPH];

/** Every overlay in all of its forms: together they render every template and every branch that adds an object. */
export const EXAMPLES: readonly Example[] = [
  { overlay: 'argo-rollouts', values: { service, autoscaling: { maxReplicas: 6 } } },
  {
    overlay: 'argo-rollouts',
    values: { service, strategy: 'blueGreen', serves: 'http', analysis: { admit: true } },
  },
  { overlay: 'cert-manager', values: {} },
  { overlay: 'external-secrets', values: { service, prefix: 'quayside/staging' } },
  { overlay: 'istio', values: { service, ...canaryOf(10) }, files: graph },
  { overlay: 'istio', values: { service: 'gateway' }, files: graph },
  {
    overlay: 'keda',
    values: {
      service,
      prometheus: { threshold: 50, admit: true },
      kafka: { lagThreshold: 200, tls: true, topic: 'users.user.v1' },
    },
  },
  { overlay: 'linkerd', values: { service, ...canaryOf(10) }, files: graph },
  { overlay: 'linkerd', values: { service: 'gateway' }, files: graph },
  { overlay: 'log-shipping', values: {} },
  {
    overlay: 'sealed-secrets',
    values: {
      service,
      secrets: { 'database-url': sealed, 'service-token-secret': sealed },
      migration: { 'database-url': sealed },
    },
  },
  { overlay: 'vault', values: {} },
  { overlay: 'vpa', values: { service, mode: 'apply', resources: ['cpu', 'memory'] } },
];
