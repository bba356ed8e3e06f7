#!/usr/bin/env bash
# Installs another commit into the current cluster, with that commit's own charts and images, and walks its journeys.
# Usage: install-base.sh COMMIT FOLDER
set -euo pipefail
git worktree add --detach "$2" "$1"
cd "$2"
if [ ! -f skaffold.yaml ] || [ ! -f tools/cluster/journeys.Dockerfile ]; then
  echo "$1 has nothing to install yet: this will be a first installation, not an upgrade."
  exit
fi
npm ci
npx nx build e2e
skaffold build --profile ci --file-output built.json
skaffold deploy --profile ci --build-artifacts built.json
skaffold verify --profile ci --build-artifacts built.json
