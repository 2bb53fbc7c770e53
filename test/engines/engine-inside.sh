#!/usr/bin/env bash
# Runs a dockerd of another Debian release; called in network and mount namespaces of its own:
#   unshare -n -m --propagation private engine-inside.sh TREE STATE [dockerd options]
# STATE is a folder of the host: it gets docker.sock, dockerd.log, dockerd.pid and the engine's data.
set -euo pipefail
tree=$1 state=$2
shift 2

ip link set lo up
mount --bind "$tree" "$tree"
mkdir -p "$tree/state" "$tree/old-root"
mount --bind "$state" "$tree/state"
mount -t proc proc "$tree/proc"
mount --rbind /sys "$tree/sys"
mount --rbind /dev "$tree/dev"
mount -t tmpfs tmpfs "$tree/tmp"
mount -t tmpfs tmpfs "$tree/run"
cd "$tree"
# Not chroot: with it the engine cannot unpack an image.
pivot_root . old-root
cd /
umount -l /old-root
# The caller's folder for temporary files is not in here.
unset TMPDIR
exec dockerd --data-root /state/data --exec-root /state/exec --pidfile /state/dockerd.pid -H unix:///state/docker.sock "$@" >/state/dockerd.log 2>&1 </dev/null
