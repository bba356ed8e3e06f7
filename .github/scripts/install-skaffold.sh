#!/usr/bin/env bash
# Builds Skaffold from its Go module into a folder and puts that on the PATH of the following steps. From the module
# and not as a download: Go's checksum database vouches for every line. `go install` refuses modules that replace
# others, so the replacements are repeated in a module of our own. About five minutes; the workflow caches the folder.
set -euo pipefail
version=v2.24.0
folder=$1
mkdir -p "$folder"
if [ ! -x "$folder/skaffold" ]; then
  work=$(mktemp -d)
  module=github.com/GoogleContainerTools/skaffold/v2
  cd "$work"
  source=$(go mod download -json "$module@$version" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
  sed 's#^module .*#module quayside.dev/skaffold#' "$source/go.mod" > go.mod
  cat "$source/go.sum" > go.sum
  go mod edit -require="$module@$version"
  printf 'package main\n\nimport _ "%s/cmd/skaffold/app"\n' "$module" > use.go
  go build -mod=mod -ldflags "-X $module/pkg/skaffold/version.version=$version" \
    -o "$folder/skaffold" "$module/cmd/skaffold"
fi
"$folder/skaffold" version
if [ -n "${GITHUB_PATH:-}" ]; then echo "$folder" >> "$GITHUB_PATH"; fi
