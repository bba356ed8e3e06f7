#!/usr/bin/env bash
# What somebody wants to know of a cluster in which something failed. Secrets are not printed.
# NAMESPACE: where it failed; quayside when not set.
set -uo pipefail
namespace=${NAMESPACE:-quayside}
kubectl get nodes,pods --all-namespaces --output wide
kubectl --namespace "$namespace" get deployments,statefulsets,jobs,services,endpointslices,hpa,pdb
kubectl --namespace "$namespace" get events --sort-by=.lastTimestamp | tail -n 80
for pod in $(kubectl --namespace "$namespace" get pods --output name); do
  echo "=== $pod"
  kubectl --namespace "$namespace" describe "$pod" | tail -n 40
  kubectl --namespace "$namespace" logs "$pod" --all-containers --tail=60
  kubectl --namespace "$namespace" logs "$pod" --all-containers --previous --tail=30 2> /dev/null
done
helm list --all-namespaces
