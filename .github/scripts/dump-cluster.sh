#!/usr/bin/env bash
# What somebody wants to know of a cluster in which something failed. Secrets are not printed.
set -uo pipefail
kubectl get nodes,pods --all-namespaces --output wide
kubectl --namespace quayside get deployments,statefulsets,jobs,services,endpointslices,hpa,pdb
kubectl --namespace quayside get events --sort-by=.lastTimestamp | tail -n 80
for pod in $(kubectl --namespace quayside get pods --output name); do
  echo "=== $pod"
  kubectl --namespace quayside describe "$pod" | tail -n 40
  kubectl --namespace quayside logs "$pod" --all-containers --tail=60
  kubectl --namespace quayside logs "$pod" --all-containers --previous --tail=30 2> /dev/null
done
helm list --all-namespaces
