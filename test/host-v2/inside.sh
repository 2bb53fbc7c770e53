#!/usr/bin/env bash
# Runs in the machine: the cases that the kernel's command line names (host_v2=first), each a file of obligations, in sentences.
# What it says goes to the second serial port; the last line is its verdict.
set -uo pipefail
stty -F /dev/ttyS1 raw -echo
exec >/dev/ttyS1 2>&1 </dev/null
export HOME=/root NO_COLOR=1 PATH="/job/bin:$PATH"
work=/var/lib/host-v2
mkdir -p "$work"
cd /job || exit 1
passed=0 failed=0

# holds SENTENCE COMMAND…: the command must succeed; what it said is shown where it does not.
holds() {
  local sentence=$1 said
  shift
  if said=$("$@" 2>&1); then
    passed=$((passed + 1))
    echo "PASS  $sentence"
  else
    failed=$((failed + 1))
    echo "FAIL  $sentence"
    printf '%s\n' "$*" "$said" | tail -n 25 | cut -c1-400 | sed 's/^/      | /'
  fi
}
note() { echo "      $*"; }

# nodectl_as NAME EXIT WORDS…: runs nodectl; its documents stay in NAME.json and NAME.err. True when it exits so.
nodectl_as() {
  local name=$1 expected=$2 code
  shift 2
  node /job/nodectl/bin/nodectl "$@" --json >"$work/$name.json" 2>"$work/$name.err"
  code=$?
  [ "$code" = "$expected" ] && return 0
  echo "exit $code instead of $expected: nodectl $*"
  tail -n 12 "$work/$name.err" "$work/$name.json"
  return 1
}
# shows NAME FILTER [jq options]: the document NAME.json fulfils the filter.
shows() {
  local name=$1 filter=$2
  shift 2
  jq -e "$@" "$filter" "$work/$name.json" >/dev/null && return 0
  jq -c . "$work/$name.json" | cut -c1-3000
  return 1
}
field() { jq -r "$2" "$work/$1.json"; }
equal() { [ "$1" = "$2" ] || { echo "$1, not $2"; return 1; }; }
# within SECONDS COMMAND…: until it succeeds.
within() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.3
  done
}

for words in /job/words/*.sh; do
  # shellcheck source=/dev/null
  source "$words"
done

begun=$SECONDS
for name in $(sed -n 's/.*host_v2=\([a-z0-9,-]*\).*/\1/p' /proc/cmdline | tr , ' '); do
  echo "CASE  $name ($(uname -r), up $(cut -d. -f1 /proc/uptime) s)"
  # shellcheck source=/dev/null
  source "/job/cases/$name.sh"
done
echo "END   $passed held, $failed did not, $((SECONDS - begun)) s"
