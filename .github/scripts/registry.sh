#!/usr/bin/env bash
# Prints registry and owner of all images, as the charts say it: `image.registry` of helm/charts/service/values.yaml. So
# what is pushed is what is pulled.
set -euo pipefail
registry=$(sed -n 's/^  registry: //p' helm/charts/service/values.yaml)
if [ -z "$registry" ]; then
  echo 'helm/charts/service/values.yaml has no image.registry.' >&2
  exit 1
fi
echo "$registry"
