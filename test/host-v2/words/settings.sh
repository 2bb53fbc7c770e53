# What nodectl may change on a host: the files below /etc, each with owner, mode and bytes, and the swap in use.
settings() {
  find /etc -xdev -printf '%p %y %m %U:%G %l\n' | sort
  find /etc -xdev -type f -exec sha256sum {} + | sort -k 2
}
# settings_are NAME: those that NAME holds; else the lines that differ.
settings_are() { diff <(settings) "$work/$1"; }
swaps() { tail -n +2 /proc/swaps | awk '{print $1, $3}'; }
fstab_lines() { grep -c "^$1[[:space:]]" /etc/fstab; }
