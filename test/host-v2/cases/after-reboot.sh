# The same disk, booted again: what was fixed holds, and is taken back to the last byte.

holds 'the same swap is in use after a reboot' equal "$(swaps)" "$(cat "$work/fixed-swaps")"
holds 'and swappiness is still 10' equal "$(sysctl -n vm.swappiness)" 10
holds 'all of /etc is as it was before the reboot' settings_are fixed-settings
holds 'the node can be started' nodectl_as started 0 start office --timeout 5m
holds 'its limits are in the kernel' equal "$(cat "$(group_of_node)"/memory{,.swap}.max | xargs)" '536870912 268435456'
holds '`doctor` ends with 0' nodectl_as rebooted 0 doctor
tally rebooted
for id in swap.present swap.size swap.file vm.swappiness; do holds "$id is ok" says rebooted "$id" ok; done
holds 'mem.psi reads the kernel, which was told psi=1' says rebooted mem.psi ok
docker create --name stranger "nodectl/geth:v$geth" >/dev/null
holds 'a container that is not ours has bounded logs now' equal "$(docker inspect -f '{{index .HostConfig.LogConfig.Config "max-size"}}' stranger)" 10m
docker rm stranger >/dev/null
holds '`down --volumes` ends with 0' nodectl_as gone 0 down office --volumes --yes

holds '`host swappiness --undo` ends with 0' nodectl_as calm-undone 0 host swappiness --undo
holds '`host swap remove` ends with 0' nodectl_as removed 0 host swap remove --yes
holds 'no swap is left' equal "$(swaps)" ''
holds 'the kernel has its own swappiness again' equal "$(sysctl -n vm.swappiness)" "$(cat "$work/swappiness")"
holds 'fstab is as it was before all, byte for byte' cmp /etc/fstab "$work/fstab"
# What has no command of its own to take it back was told with its undo.
jq -r '.fix.steps | reverse[].undo // empty | select(test("hugepage|huge-pages|docker"))' "$work/fixed.json" >"$work/undo"
while read -r command; do holds "the undo that was told works: $command" bash -c "$command"; done <"$work/undo"
holds 'and so is all of /etc' settings_are settings
