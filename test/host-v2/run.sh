#!/usr/bin/env bash
# nodectl on a Debian 13 machine of its own, with cgroup v2, systemd and Debian's own kernel and engine, under software
# emulation: limits, swap, OOM, doctor, storage, over a reboot. The host gets nothing: no mount, no service, no network.
#   npm run test:host-v2                 every boot
#   npm run test:host-v2 -- life         those whose name contains the word
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cd "$root" || exit 4
# shellcheck source=machine.sh
source "$here/machine.sh"
# shellcheck source=job.sh
source "$here/job.sh"

GETH_VERSION=1.17.8
only=${1:-}
results=()
failed=0
begun=$SECONDS

lacking() {
  local tool
  [ "$(id -u)" = 0 ] || { echo 'it needs root, for debootstrap'; return; }
  for tool in debootstrap qemu-system-x86_64 qemu-img mkfs.ext4 docker; do
    command -v "$tool" >/dev/null || { echo "it needs $tool (Debian: apt-get install debootstrap qemu-system-x86 qemu-utils e2fsprogs docker-cli)"; return; }
  done
}
missing=$(lacking)
if [ -n "$missing" ]; then
  echo "test:host-v2 is skipped: $missing" >&2
  case ",${NODECTL_REQUIRE:-}," in *,host-v2,*) exit 4 ;; esac
  exit 0
fi

work=$(mktemp -d /var/tmp/nodectl-host-v2.XXXXXX)
emulator=
finish() {
  [ -n "$emulator" ] && kill "$emulator" 2>/dev/null && wait "$emulator" 2>/dev/null
  rm -rf --one-file-system "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

# emulate NAME DISK SECONDS [kernel parameters], in the background: becomes the emulator. What the job says is in NAME.said.
# A reboot ends it too; the same disk can be booted again. Its third disk is empty.
emulate() {
  local name=$1 disk=$2 seconds=$3
  shift 3
  # QEMU 7.2 leaves wrong flags after cmpxchg16b, on which a 6.12 kernel panics: the machine does without it (-cx16).
  exec timeout --kill-after=5 "$seconds" qemu-system-x86_64 \
    -accel tcg,thread=multi -cpu Nehalem,+rdrand,-cx16 -smp 2 -m 2048 -display none -monitor none -no-reboot -nic none \
    -kernel "$machine/vmlinuz" -initrd "$machine/initrd" \
    -append "root=/dev/vda rw console=ttyS0 quiet panic=1 no_timer_check mitigations=off audit=0 systemd.show_status=0 $*" \
    -drive "file=$disk,if=virtio,format=qcow2,cache=unsafe" -drive "file=$work/job.ext4,if=virtio,format=raw,cache=unsafe" \
    -drive "file=$work/empty.qcow2,if=virtio,format=qcow2,cache=unsafe" \
    -serial "file:$work/$name.console" -serial "file:$work/$name.said"
}

# boot NAME CASES SECONDS [kernel parameters]: a boot of the disk of NAME (up to its first dot), new when there is none.
boot() {
  local name=$1 cases=$2 seconds=$3 disk="$work/${1%%.*}.qcow2" since=$SECONDS verdict
  [[ $name == *"$only"* ]] || return 0
  shift 3
  [ -e "$disk" ] || qemu-img create -q -f qcow2 -F raw -b "$machine/disk.ext4" "$disk" || exit 4
  qemu-img create -q -f qcow2 "$work/empty.qcow2" 8G || exit 4
  local attempt
  # The emulator's kernel panics now and then before anything of ours has begun (QEMU 7.2, Linux 6.12): such a boot shows nothing.
  for attempt in 1 2 3; do
    echo "$name: booting ($*)" >&2
    : >"$work/$name.said"
    emulate "$name" "$disk" "$seconds" "host_v2=$cases" "$@" &
    emulator=$!
    # Not in the foreground: a signal to this script has to be heard.
    tail -n +1 -F --pid="$emulator" "$work/$name.said" >&2 2>/dev/null &
    wait "$emulator"
    emulator=
    wait
    grep -aq '^CASE ' "$work/$name.said" || ! grep -aq 'Kernel panic' "$work/$name.console" || [ "$attempt" = 3 ] && break
    echo "$name: the kernel panicked before the first case, in boot $attempt of 3" >&2
  done
  verdict=$(grep -a '^END ' "$work/$name.said" | cut -c7-)
  if [ -z "$verdict" ]; then
    verdict='did not come to its end'
    tr -d '\r' <"$work/$name.console" | tail -n 25 >&2
  fi
  [[ $verdict == *', 0 did not'* ]] || failed=1
  results+=("$(printf '%-14s %-45s %4d s in all' "$name" "$verdict" $((SECONDS - since)))")
}

main() {
  machine=$(machine) || exit 4
  echo "the machine is ready after $((SECONDS - begun)) s" >&2
  make_job "$work" || exit 4

  # The same disk twice: what was changed must hold over a reboot.
  boot life limits,oom-without-swap,swap,doctor,doctor-fix,oom-with-swap 1500
  boot life.rebooted after-reboot 600 psi=1
  # Quotas that no kernel of the other tests has, filesystems that grow while they are used, and what a boot makes of them.
  boot storage quota-ext4,quota-xfs,sized 1500
  boot storage.rebooted sized-rebooted 600
  boot guard guarded 1500
  boot guard.rebooted guarded-rebooted 600
  # Deaths that no other machine of the tests can afford.
  boot death why-killed 1500
  # What other machines look like to doctor.
  boot memory-off row-memory-off 300 cgroup_disable=memory
  boot accounting-off row-accounting-off 300 swapaccount=0 psi=0
  boot v1 row-v1 300 systemd.unified_cgroup_hierarchy=0 SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1

  echo
  printf '%s\n' "${results[@]}"
}
main
exit "$failed"
