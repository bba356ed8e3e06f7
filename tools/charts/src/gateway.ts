import type { IGateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import { everything, type Installation } from './installation';
import type { Manifest } from './manifest';
import { namespaceOf, specOf } from './workload';

export type GatewaySpec = NonNullable<IGateway['spec']>;
export type Listener = GatewaySpec['listeners'][number];
export type RouteSpec = NonNullable<IHTTPRoute['spec']>;
export type ParentRef = NonNullable<RouteSpec['parentRefs']>[number];

/** Whether a route's parent is a Gateway; a mesh's routes have Services. */
export const isGatewayRef = ({ kind = 'Gateway' }: ParentRef) => kind === 'Gateway';

/** The Gateway that a route of this namespace names. */
export const gatewayOf = ({ name, namespace }: ParentRef, home: string, all: Installation) =>
  everything(all).find(
    (object) =>
      object.kind === 'Gateway' &&
      object.metadata.name === name &&
      namespaceOf(object) === (namespace ?? home),
  );

/** The listeners of a Gateway that a parent reference means: one by its name, else all. */
export const listenersFor = ({ sectionName }: ParentRef, gateway: Manifest): Listener[] =>
  (specOf<GatewaySpec>(gateway).listeners ?? []).filter(
    ({ name }) => sectionName === undefined || name === sectionName,
  );

/** A route at a listener. */
export interface Attachment {
  route: Manifest;
  gateway: Manifest;
  listener: Listener;
}

/** Every route of an installation at every listener that it attaches to. */
export const attachments = (installation: Installation): Attachment[] =>
  installation.objects
    .filter(({ kind }) => ['HTTPRoute', 'GRPCRoute'].includes(kind))
    .flatMap((route) =>
      (specOf<RouteSpec>(route).parentRefs ?? []).filter(isGatewayRef).flatMap((parent) => {
        const gateway = gatewayOf(parent, namespaceOf(route), installation);
        const listeners = gateway ? listenersFor(parent, gateway) : [];
        return gateway ? listeners.map((listener) => ({ route, gateway, listener })) : [];
      }),
    );

/** Whether a host fits a name that may begin with `*.`, which stands for one label. */
export function hostFits(pattern: string, host: string): boolean {
  if (!pattern.startsWith('*.')) return pattern === host;
  return host.split('.').slice(1).join('.') === pattern.slice(2);
}
