import type { Application } from 'express';

/** The parts of a layer of `router` 2.3 (Express 5.3) that tell which methods a path has. */
interface Layer {
  route?: { methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
  /** The part of the path that matched. */
  match(path: string): { path: string } | false;
}

function methodsIn(stack: Layer[], path: string): string[] {
  return stack.flatMap((layer) => {
    if (!layer.route && !layer.handle.stack) return [];
    const match = layer.match(path);
    if (!match) return [];
    if (layer.route) return Object.keys(layer.route.methods).filter((name) => name !== '_all');
    const rest = path.slice(match.path.length);
    return methodsIn(layer.handle.stack ?? [], rest.startsWith('/') ? rest : `/${rest}`);
  });
}

/** The methods, in upper case, that routes of `app` (and of routers inside it) have for `path`. */
export function allowedMethods(app: Application, path: string): string[] {
  const { stack } = app.router as unknown as { stack: Layer[] };
  const methods = new Set(methodsIn(stack, path).map((name) => name.toUpperCase()));
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].sort();
}
