#!/usr/bin/env bash
# Starts an image as the chart does (its own user, read-only, no capabilities, limited memory) and asks /livez.
# Without a database a service is alive and not ready, and says what it waits for; card-processor has none to wait for.
# Usage: start-image.sh IMAGE
# DOCKER_HOST_ADDRESS: where published ports are, when the engine runs elsewhere (GitLab's docker service).
set -euo pipefail
image=$1
host=${DOCKER_HOST_ADDRESS:-127.0.0.1}
if [ "$host" = 127.0.0.1 ]; then listen=127.0.0.1; else listen=0.0.0.0; fi
# Ready without its database would mean that it takes traffic it cannot serve.
case $image in
  */card-processor[:@]*) expected=200 ;;
  *) expected=503 ;;
esac
container=$(docker run --detach --publish "$listen:0:9464" \
  --user 65532:65532 --read-only --tmpfs /tmp:size=64m,uid=65532 --cap-drop ALL \
  --security-opt no-new-privileges --memory 384m \
  --env ADMIN_PORT=9464 --env GRPC_PORT=9090 --env HTTP_PORT=8080 \
  --env DATABASE_URL=postgres://app:app@127.0.0.1:5432/app --env KAFKA_BROKERS=127.0.0.1:9092 \
  --env AUTH_ADDRESS=127.0.0.1:9191 --env USERS_ADDRESS=127.0.0.1:9192 --env PAYMENTS_ADDRESS=127.0.0.1:9193 \
  --env SERVICE_TOKEN_SECRET=only-for-this-start-only-for-this-start \
  --env SIGNING_KEYS_SECRET=only-for-this-start-only-for-this-start \
  --env JOURNAL_FILE=/tmp/journal.jsonl \
  --env API_KEY=only-for-this-start-only-for-this-start \
  --env WEBHOOK_SECRET=only-for-this-start-only-for-this-start \
  "$image")
# shellcheck disable=SC2329 # called by the trap
finish() {
  docker logs "$container" 2>&1 | tail -n 20
  docker rm --force --volumes "$container" > /dev/null
}
trap finish EXIT
port=$(docker port "$container" 9464/tcp | head -n 1)
address=$host:${port##*:}
for _ in $(seq 60); do
  if curl --silent --fail --max-time 2 "http://$address/livez" > /dev/null; then
    state=$(curl --silent --output /dev/null --write-out '%{http_code}' "http://$address/readyz")
    echo "$image is alive; /readyz answers $state without a database"
    if [ "$state" = "$expected" ]; then exit; fi
  fi
  if [ "$(docker inspect --format '{{.State.Running}}' "$container")" != true ]; then
    echo "$image ended" >&2
    exit 1
  fi
  sleep 0.5
done
echo "$image did not answer as it should ($expected) within 30 s" >&2
exit 1
