# Sourced: `machine` makes a Debian 13 that boots under emulation, once, and prints the folder with its disk, kernel and initrd.

CACHE="${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/nodectl-test/host-v2"
MACHINE_PACKAGES=(docker.io docker-cli apparmor iptables iproute2 procps kmod mount jq e2fsprogs xfsprogs initramfs-tools linux-image-cloud-amd64)
# These cost an emulated machine many seconds and are nobody's question here.
MACHINE_WITHOUT=(getty.target getty@.service serial-getty@.service systemd-modules-load.service modprobe@.service
  modprobe@drm.service modprobe@efi_pstore.service modprobe@configfs.service modprobe@fuse.service systemd-pstore.service
  e2scrub_reap.service e2scrub_all.timer fstrim.timer apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer)

# A changed recipe makes a new machine.
machine() {
  local recipe folder half
  recipe=$(cat "$here/machine.sh" "$here/job.service" "$here/fstab" | sha256sum | cut -c1-12)
  folder="$CACHE/$recipe" half="$CACHE/$recipe.half"
  if [ ! -e "$folder/ready" ]; then
    mkdir -p "$CACHE"
    for old in "$CACHE"/*; do rm -rf --one-file-system "$old"; done
    mkdir -p "$half"
    echo "making a Debian 13 with docker.io and its kernel (once, kept in $folder)" >&2
    make_machine "$half" >"$CACHE/make.log" 2>&1 || { tail -15 "$CACHE/make.log" >&2; return 1; }
    mv "$half" "$folder"
  fi
  echo "$folder"
}

make_machine() {
  local folder=$1 tree="$1/tree" unit
  env -u TMPDIR debootstrap --variant=minbase --include=systemd,systemd-sysv,ca-certificates trixie "$tree" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} || return 1
  cp /etc/resolv.conf /etc/hosts "$tree/etc/" || return 1
  # Without this a package would start services on the host.
  printf '#!/bin/sh\nexit 101\n' >"$tree/usr/sbin/policy-rc.d"
  chmod +x "$tree/usr/sbin/policy-rc.d"
  # Only what a virtual disk needs: a large initrd takes an emulated machine long to unpack.
  mkdir -p "$tree/etc/initramfs-tools/conf.d"
  printf 'MODULES=list\nCOMPRESS=gzip\n' >"$tree/etc/initramfs-tools/conf.d/virtual-disk"
  printf 'virtio_pci\nvirtio_blk\next4\n' >"$tree/etc/initramfs-tools/modules"
  chroot "$tree" env -u TMPDIR DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends "${MACHINE_PACKAGES[@]}" || return 1
  chroot "$tree" apt-get clean
  rm -rf "$tree"/usr/sbin/policy-rc.d "$tree"/var/lib/apt/lists/* "$tree"/usr/share/doc/* "$tree"/usr/share/locale/*
  # Profiles of programs that are not here; each is compiled at boot. The engine loads its own.
  find "$tree/etc/apparmor.d" -maxdepth 1 -type f -delete
  for unit in "${MACHINE_WITHOUT[@]}"; do ln -sf /dev/null "$tree/etc/systemd/system/$unit"; done
  echo machine-v2 >"$tree/etc/hostname"
  printf '127.0.0.1 localhost machine-v2\n' >"$tree/etc/hosts"
  cp "$here/fstab" "$tree/etc/fstab" || return 1
  cp "$here/job.service" "$tree/etc/systemd/system/" || return 1
  chroot "$tree" systemctl enable job.service || return 1
  cp "$tree"/boot/vmlinuz-* "$folder/vmlinuz" && cp "$tree"/boot/initrd.img-* "$folder/initrd" || return 1
  mkfs.ext4 -q -d "$tree" -L machine "$folder/disk.ext4" 6G || return 1
  rm -rf --one-file-system "$tree"
  touch "$folder/ready"
}
