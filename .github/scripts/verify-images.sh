#!/usr/bin/env bash
# Verifies the signature of every image that a folder names (<service>.json with tag and digest), and ends with the first
# that is not signed by whom the arguments say.
# Usage: verify-images.sh FOLDER ARGUMENT_OF_COSIGN...
set -euo pipefail
folder=$1
shift
registry=$(bash .github/scripts/registry.sh)
for file in "$folder"/*.json; do
  if [ ! -e "$file" ]; then
    echo "$folder names no image: nothing to verify."
    exit
  fi
  service=$(basename "$file" .json)
  digest=$(sed -n 's/.*"digest": *"\([^"]*\)".*/\1/p' "$file")
  echo "$service $digest"
  cosign verify "$registry/$service@$digest" "$@" > /dev/null
done
