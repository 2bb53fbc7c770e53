# `doctor --fix` on that machine: planned, done, seen by the checks, idempotent.

holds '`doctor --fix --dry-run` ends with 3, and shows steps' nodectl_as dry 3 doctor --fix --dry-run
holds 'each with cause, command and undo' shows dry '.fix.steps | length >= 2 and all(.cause != "" and .command != "" and has("undo"))'
holds 'it changed no file below /etc' settings_are settings
holds 'nor the swap in use' equal "$(swaps)" ''
holds '`doctor --fix` without a yes changes nothing' nodectl_as unasked 2 doctor --fix
holds 'and there is no swap' equal "$(swaps)" ''
holds '`doctor --fix --yes` ends with 0' nodectl_as fixed 0 doctor --fix --yes
field fixed '.fix.steps[] | "\(.command)   # undo: \(.undo)"' | cut -c1-200 | while read -r line; do note "$line"; done
holds 'and says what stays to be done by hand, if anything' shows fixed '.fix.applied and .fix.refused == []'
holds '`doctor` ends with 0' nodectl_as healed 0 doctor
tally healed
for id in swap.present swap.size swap.file vm.swappiness; do holds "$id is ok" says healed "$id" ok; done
holds 'the kernel has swap' test -n "$(swaps)"
note "$(swaps)"
holds 'and swappiness 10' equal "$(sysctl -n vm.swappiness)" 10
settings >"$work/fixed-settings"
holds '`doctor --fix --yes` again ends with 0' nodectl_as refixed 0 doctor --fix --yes
holds 'and leaves every byte' settings_are fixed-settings
swaps >"$work/fixed-swaps"
