import type { IContainerPort } from 'kubernetes-models/v1/ContainerPort';
import type { INetworkPolicySpec } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicySpec';
import type { IServiceSpec } from 'kubernetes-models/v1/ServiceSpec';
import type { Finding } from '../hardening/rule';
import { everything, type Installation } from '../installation';
import { nameOf, type Manifest } from '../manifest';
import { selects, type Selector } from '../selector';
import { containersOf, namespaceOf, specOf, workloadsOf } from '../workload';
import { environmentOf } from './environment';

interface MonitorSpec {
  selector: Selector;
  endpoints: { port?: string }[];
}

function portsChosen(selector: Selector, manifest: Manifest, installation: Installation) {
  const chosen = workloadsOf(everything(installation)).filter(
    ({ namespace, labels }) => namespace === namespaceOf(manifest) && selects(selector, labels),
  );
  return chosen.map(({ manifest: owner, pod }) => ({
    owner: nameOf(owner),
    ports: containersOf(pod).flatMap(({ ports = [] }) => ports),
  }));
}

const has = (ports: readonly IContainerPort[], port: string | number) =>
  ports.some(
    ({ name, containerPort }) => port === (typeof port === 'string' ? name : containerPort),
  );

function serviceProblems(manifest: Manifest, installation: Installation): string[] {
  const { selector, ports = [], clusterIP } = specOf<IServiceSpec>(manifest);
  if (!selector) return [];
  const chosen = portsChosen({ matchLabels: selector }, manifest, installation);
  return ports.flatMap(({ port, targetPort = port }) =>
    chosen.flatMap(({ owner, ports: theirs }) => {
      if (!has(theirs, targetPort))
        return [`sends to port ${targetPort}, which ${owner} does not declare`];
      // A headless name is the addresses of the pods: nothing translates its port.
      const sameNumber = clusterIP !== 'None' || has(theirs, port);
      return sameNumber ? [] : [`is headless, and ${owner} does not listen on its port ${port}`];
    }),
  );
}

function policyProblems(manifest: Manifest, installation: Installation): string[] {
  const { podSelector = {}, ingress = [] } = specOf<INetworkPolicySpec>(manifest);
  const opened = ingress.flatMap(({ ports = [] }) => ports).flatMap(({ port }) => port ?? []);
  const chosen = portsChosen(podSelector, manifest, installation);
  return [...new Set(opened)]
    .filter((port) => chosen.length > 0 && !chosen.some(({ ports }) => has(ports, port)))
    .map((port) => `opens port ${port}, which no pod that it governs declares`);
}

function monitorProblems(manifest: Manifest, { objects }: Installation): string[] {
  const { selector = {}, endpoints = [] } = specOf<MonitorSpec>(manifest);
  const services = objects.filter(
    ({ kind, metadata }) => kind === 'Service' && selects(selector, metadata.labels ?? {}),
  );
  const names = services.flatMap((service) =>
    (specOf<IServiceSpec>(service).ports ?? []).map(({ name }) => name),
  );
  return endpoints
    .filter(({ port }) => !names.includes(port))
    .map(({ port }) => `scrapes port ${port ?? ''}, which its Service does not have`);
}

interface RouteSpec {
  rules: { backendRefs?: { kind?: string; name: string; namespace?: string; port?: number }[] }[];
}

function routeProblems(manifest: Manifest, installation: Installation): string[] {
  const { rules = [] } = specOf<RouteSpec>(manifest);
  return rules
    .flatMap(({ backendRefs = [] }) => backendRefs)
    .flatMap(({ name, namespace = namespaceOf(manifest), port }) => {
      const service = everything(installation).find(
        (object) =>
          object.kind === 'Service' &&
          object.metadata.name === name &&
          namespaceOf(object) === namespace,
      );
      if (!service) return [`sends to the Service ${name}, which is not there`];
      const known = (specOf<IServiceSpec>(service).ports ?? []).map((each) => each.port);
      return port !== undefined && known.includes(port)
        ? []
        : [`sends to port ${port ?? ''} of ${name}, which it does not have`];
    });
}

// Settings of a service that say where it listens.
const LISTENS = ['GRPC_PORT', 'HTTP_PORT', 'ADMIN_PORT'];

function listeningProblems(installation: Installation): Finding[] {
  return workloadsOf(installation.objects).flatMap(({ manifest, namespace, pod }) =>
    containersOf(pod).flatMap((container) => {
      const environment = environmentOf(container, namespace, installation);
      return LISTENS.filter((name) => {
        const port = environment.get(name);
        return port !== undefined && !has(container.ports ?? [], Number(port));
      }).map((name) => ({
        object: nameOf(manifest),
        message: `listens where ${name} says, and does not declare that port`,
      }));
    }),
  );
}

/** Ports that one object names and the other does not have. */
export function unknownPorts(installation: Installation): Finding[] {
  const problems = (manifest: Manifest): string[] => {
    switch (manifest.kind) {
      case 'Service':
        return serviceProblems(manifest, installation);
      case 'NetworkPolicy':
        return policyProblems(manifest, installation);
      case 'ServiceMonitor':
        return monitorProblems(manifest, installation);
      case 'HTTPRoute':
      case 'GRPCRoute':
        return routeProblems(manifest, installation);
      default:
        return [];
    }
  };
  const named = installation.objects.flatMap((manifest) =>
    problems(manifest).map((message) => ({ object: nameOf(manifest), message })),
  );
  return [...named, ...listeningProblems(installation)];
}
