import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import type { Finding } from '../hardening/rule';
import { everything, type Installation } from '../installation';
import {
  attachments,
  gatewayOf,
  hostFits,
  isGatewayRef,
  listenersFor,
  type Attachment,
  type GatewaySpec,
  type ParentRef,
  type RouteSpec,
} from '../gateway';
import { nameOf, type Manifest } from '../manifest';
import { namespaceOf, specOf } from '../workload';

const routesOf = ({ objects }: Installation) =>
  objects.filter(({ kind }) => ['HTTPRoute', 'GRPCRoute'].includes(kind));

function parentProblem(parent: ParentRef, route: Manifest, installation: Installation): string[] {
  const home = namespaceOf(route);
  if (!isGatewayRef(parent)) {
    const there = everything(installation).some(
      ({ kind, metadata }) => kind === parent.kind && metadata.name === parent.name,
    );
    return there ? [] : [`names the ${parent.kind ?? ''} ${parent.name}, which is not there`];
  }
  const gateway = gatewayOf(parent, home, installation);
  if (!gateway) return [`names the Gateway ${parent.name}, which is not there`];
  if (listenersFor(parent, gateway).length === 0)
    return [`names the listener ${parent.sectionName ?? ''}, which ${nameOf(gateway)} has not`];
  return [];
}

/** Whether a listener lets in routes of this namespace. By labels of namespaces: not looked at. */
function letsIn({ listener, gateway, route }: Attachment): boolean {
  const from: string = listener.allowedRoutes?.namespaces?.from ?? 'Same';
  if (from === 'Same') return namespaceOf(gateway) === namespaceOf(route);
  return from !== 'None';
}

/** The names in the certificate of a listener; undefined when cert-manager makes none for it. */
function certified({ listener, gateway }: Attachment, installation: Installation) {
  const secrets = (listener.tls?.certificateRefs ?? []).map(({ name }) => name);
  const certificates = installation.objects
    .filter(({ kind }) => kind === 'Certificate')
    .filter((object) => namespaceOf(object) === namespaceOf(gateway))
    .map((object) => specOf<NonNullable<ICertificate['spec']>>(object))
    .filter(({ secretName = '' }) => secrets.includes(secretName));
  return certificates.length > 0
    ? certificates.flatMap(({ dnsNames = [] }) => dnsNames)
    : undefined;
}

function attachmentProblems(attachment: Attachment, installation: Installation): string[] {
  const { route, listener } = attachment;
  const { hostnames = [] } = specOf<RouteSpec>(route);
  const names = certified(attachment, installation);
  const fitting = listener.hostname;
  return [
    ...(letsIn(attachment) ? [] : [`the listener ${listener.name} does not let it in`]),
    ...hostnames
      .filter((host) => fitting !== undefined && !hostFits(fitting, host))
      .map((host) => `the listener ${listener.name} is not for ${host}`),
    ...hostnames
      .filter((host) => names && !names.some((name) => hostFits(name, host)))
      .map((host) => `the certificate of ${listener.name} does not name ${host}`),
  ];
}

function gatewayProblems(gateway: Manifest, installation: Installation): string[] {
  const { gatewayClassName, listeners = [] } = specOf<GatewaySpec>(gateway);
  const all = everything(installation);
  const classes = all.filter(({ kind }) => kind === 'GatewayClass');
  const secrets = all
    .filter(({ kind }) => kind === 'Secret')
    .filter((object) => namespaceOf(object) === namespaceOf(gateway))
    .map(({ metadata }) => metadata.name);
  return [
    ...(classes.some(({ metadata }) => metadata.name === gatewayClassName)
      ? []
      : [`names the GatewayClass ${gatewayClassName ?? ''}, which is not there`]),
    ...listeners
      .flatMap(({ tls }) => tls?.certificateRefs ?? [])
      .filter(({ name }) => !secrets.includes(name))
      .map(({ name }) => `names the Secret ${name}, which nobody makes`),
  ];
}

/** Routes that attach to nothing, or to what is not for them; Gateways without class or certificate. */
export const danglingRoutes = (installation: Installation): Finding[] => [
  ...routesOf(installation).flatMap((route) =>
    (specOf<RouteSpec>(route).parentRefs ?? [])
      .flatMap((parent) => parentProblem(parent, route, installation))
      .map((message) => ({ object: nameOf(route), message })),
  ),
  ...attachments(installation).flatMap((attachment) =>
    attachmentProblems(attachment, installation).map((message) => ({
      object: nameOf(attachment.route),
      message,
    })),
  ),
  ...installation.objects
    .filter(({ kind }) => kind === 'Gateway')
    .flatMap((gateway) =>
      gatewayProblems(gateway, installation).map((message) => ({
        object: nameOf(gateway),
        message,
      })),
    ),
];
