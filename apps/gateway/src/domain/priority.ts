/** What is carried longest when there is too much of everything. */
export type Priority = 'high' | 'normal' | 'low';

/** What each priority may use of the limit of concurrent requests. */
export const shares: Record<Priority, number> = { high: 1.25, normal: 1, low: 0.75 };

/** Lists, histories and what describes the API: a person can wait for these. */
const canWait = /^\/(docs|openapi\.json|$)|\/(activity|statement|audit-log)\/?$|\/admin\//i;

/** Whatever changes something comes first, payments and sign-ins among them; lists and documentation come last. */
export function priorityOf(method: string, path: string): Priority {
  if (method !== 'GET' && method !== 'HEAD') return 'high';
  return canWait.test(path) ? 'low' : 'normal';
}
