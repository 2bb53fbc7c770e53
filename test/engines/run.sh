#!/usr/bin/env bash
# The contract suite, and one up/status/down, on real engines of several releases; leaves nothing running or mounted.
#   npm run test:engines                all of them
#   npm run test:engines -- 28.5        those whose name contains the word
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cd "$root"
# shellcheck source=engine-tree.sh
source "$here/engine-tree.sh"

GETH_VERSION=1.17.8
only=${1:-}
work=$(mktemp -d /var/tmp/nodectl-engines.XXXXXX)
engine_pid=
results=()
failed=0

for tool in debootstrap unshare pivot_root nsenter ip go; do
  command -v "$tool" >/dev/null || { echo "test:engines needs $tool (Debian: debootstrap util-linux iproute2 golang)" >&2; exit 4; }
done
[ "$(id -u)" = 0 ] || { echo "test:engines needs root: it starts Docker engines" >&2; exit 4; }

stop_engine() {
  [ -n "$engine_pid" ] || return 0
  local namespace id process
  namespace=$(readlink "/proc/$engine_pid/ns/mnt")
  # An engine waits for the stop timeout of each container, and ours are long.
  for id in $(curl -s --unix-socket "$socket" 'http://engine/containers/json?all=1' | grep -oE '"Id":"[0-9a-f]{64}"' | cut -d'"' -f4); do
    curl -s -o /dev/null --unix-socket "$socket" -X DELETE "http://engine/containers/$id?force=true&v=true"
  done
  kill "$engine_pid" 2>/dev/null
  for _ in $(seq 300); do kill -0 "$engine_pid" 2>/dev/null || break; sleep 0.1; done
  # The mounts vanish with the last process of the namespace; ours has never been the machine's own.
  for process in /proc/[0-9]*; do
    [ "$(readlink "$process/ns/mnt" 2>/dev/null)" = "$namespace" ] && [ "$namespace" != "$(readlink /proc/self/ns/mnt)" ] && kill -9 "${process#/proc/}"
  done
  wait "$engine_pid" 2>/dev/null
  engine_pid=
}
finish() {
  stop_engine
  rm -rf --one-file-system "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

# start_engine NAME SUITE [dockerd options]: sets engine_pid and socket; false when the engine does not come up.
start_engine() {
  local name=$1 suite=$2 tree state
  shift 2
  tree=$(engine_tree "$suite") || { tail -5 "$CACHE/$suite.log" >&2; return 1; }
  state="$work/$name"
  mkdir -p "$state"
  unshare -n -m --propagation private "$here/engine-inside.sh" "$tree" "$state" "$@" 2>"$state/start.log" &
  engine_pid=$!
  socket="$state/docker.sock"
  for _ in $(seq 600); do
    curl -sf --unix-socket "$socket" http://engine/_ping >/dev/null && return 0
    kill -0 "$engine_pid" 2>/dev/null || break
    sleep 0.1
  done
  tail -5 "$state/start.log" "$state/dockerd.log" >&2
  return 1
}

engine_words() {
  curl -sf --unix-socket "$socket" http://engine/info | sed -E 's/.*"Driver":"([^"]*)".*"ServerVersion":"([^"]*)".*/\2 (\1)/'
}

# check NAME: both suites against $socket, in the engine's network namespace, where its published ports are.
check() {
  local name=$1 enter=() begun=$SECONDS words log
  [ -z "$engine_pid" ] || enter=(nsenter -t "$engine_pid" -n)
  words=$(engine_words)
  for suite in contract scenario; do
    log="$work/$name.$suite.log"
    echo "$name: $suite …" >&2
    if "suite_$suite" >"$log" 2>&1 </dev/null; then
      results+=("$(printf '%-18s %-26s %-9s passed  %s' "$name" "$words" "$suite" "$(summary "$log")")")
    else
      failed=1
      tail -60 "$log" >&2
      results+=("$(printf '%-18s %-26s %-9s FAILED' "$name" "$words" "$suite")")
    fi
  done
  echo "$name: done in $((SECONDS - begun)) s" >&2
}

suite_contract() {
  NO_COLOR=1 DOCKER_HOST="unix://$socket" NODECTL_REQUIRE=docker,go "${enter[@]}" npx vitest run test/contract test/adapters/docker-engine/{unfit-images,confinement}.test.ts
}
suite_scenario() {
  DOCKER_HOST="unix://$socket" XDG_STATE_HOME="$work/state-$name" "${enter[@]}" "$here/scenario.sh" "$GETH_VERSION"
}
summary() {
  grep -aoE 'Tests .*|scenario: .*' "$1" | tail -1 | tr -s ' '
}

# run NAME [SUITE [dockerd options]]; without a suite it is the machine's own engine.
run() {
  local name=$1
  [[ $name == *"$only"* ]] || return 0
  shift
  if [ $# -eq 0 ]; then
    socket=/var/run/docker.sock
    if ! curl -sf --unix-socket "$socket" http://engine/_ping >/dev/null; then
      failed=1
      results+=("$(printf '%-18s %-26s does not run' "$name" '')")
      return 0
    fi
  elif ! start_engine "$name" "$@"; then
    failed=1
    results+=("$(printf '%-18s %-26s did not start' "$name" '')")
    stop_engine
    return 0
  fi
  check "$name"
  stop_engine
}

# Once per machine, two minutes each; one that fails is tried again, and told, when its turn comes.
trees=()
[[ 26.1 == *"$only"* ]] && trees+=(trixie)
[[ 28.5-containerd == *"$only"* ]] && trees+=(sid)
for suite in "${trees[@]}"; do engine_tree "$suite" >/dev/null & done

# The build needs the network, which the engines below do not have.
./bin/nodectl version >/dev/null && ./bin/nodectl image build --geth-version "$GETH_VERSION" >&2 || exit 4
wait

run own
run 26.1 trixie
run 28.5 sid
run 28.5-containerd sid --feature containerd-snapshotter=true

echo
printf '%s\n' "${results[@]}"
exit "$failed"
