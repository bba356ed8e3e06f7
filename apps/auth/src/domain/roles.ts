/** What every customer may do. */
const CUSTOMER = [
  'identity:read',
  'identity:write',
  'profile:read',
  'profile:write',
  'accounts:read',
  'payments:write',
  'activity:read',
] as const;

/** Scopes by role. `ops:read` looks things up for others, `ops` acts on them. */
const scopes = {
  customer: CUSTOMER,
  support: [...CUSTOMER, 'ops:read'],
  admin: [...CUSTOMER, 'ops:read', 'ops'],
} as const;

/** What an identity is. */
export type Role = keyof typeof scopes;

/** Every role, the least first. */
export const roles = Object.keys(scopes) as Role[];

/** Whether a text names a role. */
export const isRole = (text: string | undefined): text is Role =>
  text !== undefined && Object.hasOwn(scopes, text);

/** What the holder of a role may do; it is in each of their access tokens. */
export const scopesOf = (role: Role): readonly string[] => scopes[role];
