/** Who does most of the work of a request: a service behind, or the gateway itself. */
export const parts = ['auth', 'users', 'payments', 'gateway'] as const;
export type Part = (typeof parts)[number];

const partOfResource: Record<string, Part | undefined> = {
  auth: 'auth',
  users: 'users',
  accounts: 'payments',
  payments: 'payments',
  'top-ups': 'payments',
  webhooks: 'payments',
};

/** The part that a path leads to. What asks several services (overview, operators), feeds and documentation are the gateway's. */
export function partOf(path: string): Part {
  const [, resource = ''] = /^\/api\/v1\/([a-z-]+)/i.exec(path) ?? [];
  const name = resource.toLowerCase();
  return (Object.hasOwn(partOfResource, name) ? partOfResource[name] : undefined) ?? 'gateway';
}
