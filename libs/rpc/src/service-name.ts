/** The full name of a service, from the path of its first method: `/quayside.auth.v1.AuthService/Login`. */
export function serviceName(definition: object): string {
  const [first] = Object.values(definition) as { path: string }[];
  const name = first?.path.split('/')[1];
  if (!name) throw new Error('The service definition has no methods. Take one of `services`.');
  return name;
}
