#!/usr/bin/env bash
# One node's life through the built command line, on the engine of DOCKER_HOST: up, status, up again, down.
set -euo pipefail
version=$1
cd "$(dirname "$0")/../.."
node="tengine-$$"
nodectl() { ./bin/nodectl "$@"; }
trap 'nodectl down "$node" --volumes --yes >/dev/null 2>&1 || true' EXIT

nodectl up --network dev --name "$node" --geth-version "$version" --memory 512M --swap 512M --cpus 0.5 --port auto --wait rpc --yes --json
nodectl status "$node" --json
nodectl up --network dev --name "$node" --geth-version "$version" --memory 512M --swap 512M --cpus 0.5 --port auto --yes --json
nodectl down "$node" --volumes --yes --json
if nodectl status "$node" --json; then
  echo "the node is still there after down" >&2
  exit 1
fi
echo "scenario: up, status, up again, down"
