#!/usr/bin/env bash
# Renders every release of every environment into a folder, one file each, but for what an environment says is absent.
# Usage: render-charts.sh FOLDER
set -euo pipefail
folder=$1
mkdir -p "$folder"
for values in helm/values/env/*.yaml; do
  environment=$(basename "$values" .yaml)
  for file in helm/values/*.yaml; do
    service=$(basename "$file" .yaml)
    if grep --quiet "^    $service: { absent: true }$" "$values"; then continue; fi
    arguments=(--values helm/call-graph.yaml --values "$file" --values "$values")
    written="helm/releases/$environment/$service.yaml"
    if [ -f "$written" ]; then
      arguments+=(--values "$written")
    else
      arguments+=(--set "image.tag=$(git rev-parse HEAD)")
    fi
    helm template "$service" helm/charts/service --namespace quayside "${arguments[@]}" \
      > "$folder/$environment-$service.yaml"
  done
done
helm template infra-local helm/charts/infra-local --namespace quayside --values helm/call-graph.yaml \
  > "$folder/infra-local.yaml"
echo "$(find "$folder" -name '*.yaml' | wc -l) files in $folder"
