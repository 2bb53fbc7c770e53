# Sourced: makes a folder with a Debian release and its docker.io, once. `engine_tree SUITE` prints the folder.

CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/nodectl-test/engines"

engine_tree() {
  local suite=$1 tree="$CACHE/$1" half="$CACHE/$1.half"
  if [ ! -e "$tree/.ready" ]; then
    rm -rf --one-file-system "$half" "$tree"
    mkdir -p "$CACHE"
    echo "making a Debian $suite with docker.io (once, kept in $tree)" >&2
    debootstrap --variant=minbase "$suite" "$half" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} >"$CACHE/$suite.log" 2>&1
    cp /etc/resolv.conf /etc/hosts "$half/etc/"
    # Without this a package would start services on the host.
    printf '#!/bin/sh\nexit 101\n' >"$half/usr/sbin/policy-rc.d"
    chmod +x "$half/usr/sbin/policy-rc.d"
    chroot "$half" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y --no-install-recommends docker.io iptables iproute2 ca-certificates >>"$CACHE/$suite.log" 2>&1
    chroot "$half" apt-get clean
    touch "$half/.ready"
    mv "$half" "$tree"
  fi
  echo "$tree"
}
