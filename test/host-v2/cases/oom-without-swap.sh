holds 'a machine without swap' equal "$(tail -n +2 /proc/swaps)" ''
holds '`up --memory 512M --swap 256M` on it ends with 0' up bare 0 --memory 512M --swap 256M --cpus 1.5
holds 'and says that the swap it promises is not there' shows bare '[.notes[] | select(test("swap"))] | length >= 1'
before=$(kills)
pid=$(pid_of_node)
presses 560
holds 'a workload beyond the limit has geth killed by the kernel' within 90 killed_since "$before"
note "$(dmesg | grep -a 'Memory cgroup out of memory: Killed' | tail -n 1 | cut -c1-160)"
released
holds 'it was geth' bash -c "dmesg | grep -aq 'Memory cgroup out of memory: Killed process $pid (geth)'"
holds 'the engine starts it again, and it is healthy' within 120 restarted after-kill
note "$(field after-kill '"restarted \(.container.restartCount) times, oomKilled \(.container.oomKilled)"')"
