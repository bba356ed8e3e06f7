import type { Manifest } from '../../src/manifest';

/** Versions that the installed packages do not have, and the one that is checked instead: the fields are the same. */
const STAND_INS: Record<string, string> = {
  // v1 (0.16) is v1beta1 without changes to the fields that are used here.
  'external-secrets.io/v1 ExternalSecret': 'external-secrets.io/v1beta1',
  // v1 (1.22) was made of v1beta1 as it was.
  'networking.istio.io/v1 DestinationRule': 'networking.istio.io/v1beta1',
  'networking.istio.io/v1 VirtualService': 'networking.istio.io/v1beta1',
  'security.istio.io/v1 PeerAuthentication': 'security.istio.io/v1beta1',
};

/** Kinds that no installed package describes; linkerd.test.ts looks at their fields. */
const WITHOUT_MODEL = [
  'policy.linkerd.io/v1alpha1 AuthorizationPolicy',
  'policy.linkerd.io/v1alpha1 MeshTLSAuthentication',
  'policy.linkerd.io/v1alpha1 NetworkAuthentication',
  'policy.linkerd.io/v1beta3 Server',
];

/** The lists of exceptions for the objects of overlays, and which of their entries were not needed. */
export function modelLists() {
  const unused = new Set([...Object.keys(STAND_INS), ...WITHOUT_MODEL, 'scaleDown']);
  const use = (entry: string) => unused.delete(entry);
  const kindOf = ({ apiVersion, kind }: Manifest) => `${apiVersion} ${kind}`;
  return {
    versionFor(manifest: Manifest): string {
      const other = STAND_INS[kindOf(manifest)];
      if (other) use(kindOf(manifest));
      return other ?? manifest.apiVersion;
    },
    isWithoutModel(manifest: Manifest): boolean {
      use(kindOf(manifest));
      return WITHOUT_MODEL.includes(kindOf(manifest));
    },
    /** A copy without the field that Argo Rollouts has since 1.6 and the package not yet. */
    known(manifest: Manifest): Manifest {
      const copy = structuredClone(manifest);
      const { workloadRef } = (copy.spec ?? {}) as { workloadRef?: { scaleDown?: string } };
      if (workloadRef && 'scaleDown' in workloadRef) {
        delete workloadRef.scaleDown;
        use('scaleDown');
      }
      return copy;
    },
    unused: () => [...unused],
  };
}
