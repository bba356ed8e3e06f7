#!/usr/bin/env bash
# Prints `apps=[...]`: the apps whose image changes between a commit and HEAD, as JSON. By the Nx graph; what every
# image is made of is beside that graph and counts for all.
set -euo pipefail
base=$1
all='["auth","card-processor","gateway","payments","users"]'
if ! git diff --quiet "$base" HEAD -- Dockerfile .dockerignore package.json package-lock.json .github tools/build tools/images; then
  echo "apps=$all"
  exit
fi
affected=$(npx nx show projects --affected --base="$base" --head=HEAD --json)
echo "apps=$(jq --compact-output --argjson all "$all" '[.[] | select(. as $app | $all | index($app))]' <<< "$affected")"
