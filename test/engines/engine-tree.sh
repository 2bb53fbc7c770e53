# Sourced: `engine_tree SUITE` makes a folder with that Debian release and its docker.io, once, and prints the folder.

CACHE="${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/nodectl-test/engines"

engine_tree() {
  local suite=$1 tree="$CACHE/$1" half="$CACHE/$1.half"
  if [ ! -e "$tree/.ready" ]; then
    rm -rf --one-file-system "$half" "$tree"
    mkdir -p "$CACHE"
    echo "making a Debian $suite with docker.io (once, kept in $tree)" >&2
    make_tree "$suite" "$half" >"$CACHE/$suite.log" 2>&1 || return 1
    mv "$half" "$tree"
  fi
  echo "$tree"
}

make_tree() {
  local suite=$1 tree=$2
  env -u TMPDIR debootstrap --variant=minbase "$suite" "$tree" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} || return 1
  cp /etc/resolv.conf /etc/hosts "$tree/etc/" || return 1
  # Without this a package would start services on the host.
  printf '#!/bin/sh\nexit 101\n' >"$tree/usr/sbin/policy-rc.d"
  chmod +x "$tree/usr/sbin/policy-rc.d"
  chroot "$tree" env -u TMPDIR DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends docker.io iptables iproute2 ca-certificates || return 1
  chroot "$tree" apt-get clean
  touch "$tree/.ready"
}
