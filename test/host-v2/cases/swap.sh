# `host swap` and `host swappiness`, and their undo to the last byte.

settings >"$work/settings"
cp /etc/fstab "$work/fstab"
sysctl -n vm.swappiness >"$work/swappiness"

holds '`host swap show` on a machine without swap ends with 0' nodectl_as none 0 host swap show
holds 'and shows none' shows none '.areas == [] and .totalBytes == 0'
holds '`host swap add --size 256M` ends with 0' nodectl_as added 0 host swap add --size 256M --path /swap-by-hand --yes
note "$(swaps)"
holds 'the kernel swaps to it' equal "$(swaps)" '/swap-by-hand 262140'
holds 'it is closed to all but root' equal "$(stat -c '%a %u %g %s' /swap-by-hand)" '600 0 0 268435456'
holds 'it has no holes' test "$(stat -c '%b' /swap-by-hand)" -ge 524288
holds 'fstab names it once' equal "$(fstab_lines /swap-by-hand)" 1
holds 'and every byte that was there is as it was' cmp -n "$(stat -c %s "$work/fstab")" /etc/fstab "$work/fstab"
holds 'the same again ends with 0' nodectl_as again 0 host swap add --size 256M --path /swap-by-hand --yes
holds 'and changes nothing' shows again '.changed == false'
holds '`show` knows it as ours, persistent and closed' \
  nodectl_as shown 0 host swap show
holds 'with its size' shows shown '.areas | length == 1 and (.[0] | .path == "/swap-by-hand" and .own and .persistent and .closed)'
holds 'a file that is not ours is not overwritten' nodectl_as foreign 4 host swap add --size 64M --path /etc/hostname --yes
holds 'nor changed' equal "$(cat /etc/hostname)" machine-v2
holds 'more than the disk has is refused' nodectl_as huge 4 host swap add --size 900G --path /huge --yes
holds 'and leaves nothing behind' test ! -e /huge

holds '`host swappiness 10` ends with 0' nodectl_as calm 0 host swappiness 10
holds 'the kernel has it' equal "$(sysctl -n vm.swappiness)" 10
holds 'and will have it at boot' shows calm '.persistent'
holds '`host swappiness 201` is refused' nodectl_as beyond 2 host swappiness 201
holds 'and changes nothing' equal "$(sysctl -n vm.swappiness)" 10

holds '`host swappiness --undo` ends with 0' nodectl_as calm-undone 0 host swappiness --undo
holds '`host swap remove` ends with 0' nodectl_as removed 0 host swap remove --yes
holds 'no swap is left' equal "$(swaps)" ''
holds 'nor the file' test ! -e /swap-by-hand
holds 'the kernel has its own swappiness again' equal "$(sysctl -n vm.swappiness)" "$(cat "$work/swappiness")"
holds 'fstab is as it was, byte for byte' cmp /etc/fstab "$work/fstab"
holds 'and so is all of /etc' settings_are settings
