holds 'a machine with swap' test "$(tail -n +2 /proc/swaps | wc -l)" -ge 1
holds '`up` finds the node as it should be' up again 0 --memory 512M --swap 256M --cpus 1.5
holds 'and no longer says that its swap is not there' shows again '[.notes[] | select(test("host has"))] | length == 0'
before=$(kills)
group=$(group_of_node)
presses 560
holds 'the same workload is done' within 240 test -e "$work/pressed"
for file in memory.current memory.peak memory.swap.current memory.events; do note "$file $(tr '\n' ' ' <"$group/$file")"; done
holds 'the kernel killed nobody' equal "$(kills) $(counter "$group" oom_kill)" "$before 0"
holds 'since pages went to swap' test "$(cat "$group/memory.swap.current")" -gt 10000000
holds 'geth answers all the while' status swapped 0
holds 'and `status` tells the swap in use' shows swapped '.use.swapBytes > 1000000'
released
