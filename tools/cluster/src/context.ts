/** Names that the usual local clusters give their contexts. */
const localContexts = [
  /^kind-/,
  /^k3d-/,
  /^minikube$/,
  /^docker-desktop$/,
  /^rancher-desktop$/,
  /^orbstack$/,
  /^colima/,
];

/**
 * Whether a kubectl context is a local cluster, by its name. What is prepared here is for a laptop: no TLS
 * towards the kubelets, a Gateway without an address of its own.
 */
export function isLocalContext(context: string): boolean {
  return localContexts.some((pattern) => pattern.test(context));
}
