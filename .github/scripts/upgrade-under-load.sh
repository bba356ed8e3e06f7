#!/usr/bin/env bash
# Upgrades the cluster to this commit while customers use it: the journeys repeat meanwhile, and none may fail.
set -euo pipefail
npx nx build e2e
skaffold build --profile ci --file-output built.json

if ! kubectl --namespace quayside get deployment gateway > /dev/null 2>&1; then
  echo 'Nothing is installed yet: a first installation, without load.'
  exec skaffold deploy --profile ci --build-artifacts built.json
fi

# The load runs in the cluster: a port-forward would hold on to one pod and lose it in the upgrade.
image=$(jq --raw-output '.builds[] | select(.imageName == "ghcr.io/quayside/journeys") | .tag' built.json)
kind load docker-image "$image" --name quayside
load=journeys-under-load
kubectl --namespace quayside delete job "$load" --ignore-not-found
node .github/scripts/load-job.mjs "$image" 240 | kubectl apply --filename -
kubectl --namespace quayside wait pod --selector "batch.kubernetes.io/job-name=$load" --for=condition=Ready --timeout=60s

skaffold deploy --profile ci --build-artifacts built.json

# `wait` cannot wait for either of two conditions.
for _ in $(seq 90); do
  result=$(kubectl --namespace quayside get job "$load" --output 'jsonpath={.status.succeeded}/{.status.failed}')
  [ "$result" = / ] || break
  sleep 5
done
kubectl --namespace quayside logs "job/$load" --tail=60
echo "succeeded/failed: $result"
[ "$result" = 1/ ]
