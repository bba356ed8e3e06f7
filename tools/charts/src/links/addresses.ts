import type { IServiceSpec } from 'kubernetes-models/v1/ServiceSpec';
import type { Finding } from '../hardening/rule';
import { everything, type Installation } from '../installation';
import { nameOf, type Manifest } from '../manifest';
import { namespaceOf, specOf } from '../workload';

/** `host:port` in a setting: of a list, a gRPC target or a URL. */
const PLACE = /(?:^|,|\/\/\/?|@)(?<host>[a-z0-9][a-z0-9.-]*):(?<port>\d+)/g;
const HOLDS_ADDRESS = /(_ADDRESS|_BROKERS|_ENDPOINT|_URL)$/;

function placesIn(value: string): { host: string; port: number }[] {
  return [...value.matchAll(PLACE)].map(({ groups = {} }) => ({
    host: groups.host ?? '',
    port: Number(groups.port),
  }));
}

/** The name and namespace of a cluster name: `name`, `name.namespace`, `name.namespace.svc...`. */
function serviceName(host: string, home: string) {
  const [name = '', namespace = home] = host.split('.');
  return { name, namespace };
}

function problem(manifest: Manifest, installation: Installation, setting: string, value: string) {
  const all = everything(installation);
  const namespaces = new Set(all.map(namespaceOf));
  return placesIn(value).flatMap(({ host, port }) => {
    const { name, namespace } = serviceName(host, namespaceOf(manifest));
    // What is in a namespace of which nothing is rendered belongs to somebody else.
    if (!namespaces.has(namespace)) return [];
    const found = all.filter(
      (object) =>
        object.kind === 'Service' &&
        object.metadata.name === name &&
        namespaceOf(object) === namespace,
    );
    const ports = found.flatMap((service) => specOf<IServiceSpec>(service).ports ?? []);
    if (found.length === 0) return [`${setting} names the Service ${name}, which is not there`];
    return ports.some((each) => each.port === port)
      ? []
      : [`${setting} names port ${port} of ${name}, which it does not have`];
  });
}

/** Addresses in ConfigMaps that lead to no Service, or to a port that it does not have. */
export const deadAddresses = (installation: Installation): Finding[] =>
  installation.objects
    .filter(({ kind }) => kind === 'ConfigMap')
    .flatMap((manifest) =>
      Object.entries((manifest.data ?? {}) as Record<string, string>)
        .filter(([setting]) => HOLDS_ADDRESS.test(setting))
        .flatMap(([setting, value]) => problem(manifest, installation, setting, value))
        .map((message) => ({ object: nameOf(manifest), message })),
    );
