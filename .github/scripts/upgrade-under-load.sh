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
# The Job is asked, not its pod: `kubectl wait` ends with an error when there is no such pod yet.
ready=0
for _ in $(seq 60); do
  ready=$(kubectl --namespace quayside get job "$load" --output 'jsonpath={.status.ready}')
  [ "${ready:-0}" -ge 1 ] && break
  sleep 2
done
if [ "${ready:-0}" -lt 1 ]; then
  echo "The load did not start within two minutes." >&2
  kubectl --namespace quayside describe job "$load" >&2
  exit 1
fi

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
