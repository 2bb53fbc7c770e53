# One node's life on cgroup v2 with systemd: the limits that the kernel holds, changes while it runs, the exit codes.

holds 'the engine is the one of Debian 13, on cgroup v2 with systemd' \
  equal "$(docker info -f '{{.ServerVersion}} {{.CgroupVersion}} {{.CgroupDriver}}' | sed 's/+[^ ]*//')" '26.1.5 2 systemd'
holds 'the engine accounts memory and swap, and warns of nothing' \
  equal "$(docker info -f '{{.MemoryLimit}} {{.SwapLimit}} {{len .Warnings}}')" 'true true 0'
holds 'the geth image of the host is loaded' docker load -i /job/geth.tar

holds '`up --memory 512M --swap 256M --cpus 1.5` ends with 0 and geth answers' up first 0 --memory 512M --swap 256M --cpus 1.5
holds 'every limit is enforced, by files of the kernel' \
  shows first '[.limits[] | select(.enforced and (.source | startswith("/sys/fs/cgroup/")))] | length == 4'
group=$(group_of_node)
note "$group"
for file in memory.max memory.swap.max cpu.max pids.max; do note "$file $(cat "$group/$file")"; done
holds 'memory.max is 512 MiB' equal "$(cat "$group/memory.max")" 536870912
holds 'memory.swap.max is 256 MiB, beyond memory' equal "$(cat "$group/memory.swap.max")" 268435456
holds 'cpu.max is one and a half CPUs' equal "$(cat "$group/cpu.max")" '150000 100000'
holds 'pids.max is what the report says' equal "$(cat "$group/pids.max")" "$(field first '.limits[] | select(.limit == "pids") | .inForce')"

holds '`status` ends with 0 for a node at work' status status 0
holds 'its use is the kernel'"'"'s figure, within the limit' \
  shows status '.use.source == "kernel" and .use.memoryBytes > 10000000 and .use.memoryBytes <= 536870912 and .use.swapBytes == 0'
holds 'the same `up` again changes nothing' up again 0 --memory 512M --swap 256M --cpus 1.5
holds 'and says so' shows again '.changed == false'

holds '`up` with other swap and CPUs ends with 0' up changed 0 --memory 512M --swap 384M --cpus 1
holds 'it changed them on the living container' equal "$(group_of_node)" "$group"
holds 'memory.swap.max is 384 MiB now' equal "$(cat "$group/memory.swap.max")" 402653184
holds 'cpu.max is one CPU now' equal "$(cat "$group/cpu.max")" '100000 100000'
holds 'and it reports them as enforced' shows changed '[.limits[] | select(.enforced)] | length == 4'

holds '`stop` ends with 0' nodectl_as stopped 0 stop office
holds 'the end was clean' shows stopped '.shutdown.clean and .shutdown.exitCode == 0'
holds '`status` of a stopped node ends with 3' status status-stopped 3
holds '`start` ends with 0' nodectl_as started 0 start office
holds 'its limits are in the kernel after a new start' equal "$(cat "$(group_of_node)/memory.swap.max")" 402653184
holds '`status` of a node that is not there ends with 5' nodectl_as nobody 5 status nobody --timeout 30s
