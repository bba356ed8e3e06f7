#!/usr/bin/env bash
# Builds the images of all services under one tag and loads them into the nodes of the kind cluster, as
# `npm run test:cluster` wants them.
# Usage: IMAGE_TAG=night load-images.sh
set -euo pipefail
tag=${IMAGE_TAG:?Set IMAGE_TAG to the tag that the images are given.}
npm run images
for file in helm/values/*.yaml; do
  kind load docker-image "${IMAGE_REGISTRY:-ghcr.io/quayside}/$(basename "$file" .yaml):$tag" --name quayside
done
