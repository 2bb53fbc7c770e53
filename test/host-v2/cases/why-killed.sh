# Who the kernel kills for want of memory on cgroup v2, and what `diagnose` says of it: with a limit, with swap, without any.

holds 'the geth image of the host is loaded' docker load -i /job/geth.tar
holds 'a machine without swap' equal "$(swaps)" ''

holds 'a geth without any limit answers' begin_bare
before=$(kills)
overfills_bare
holds 'and is ended when the machine has no memory left' within 400 bare_ended
holds 'by the kernel' killed_since "$before"
note "$(dmesg | grep -a 'oom-kill:' | tail -n 1 | cut -c1-300)"
note "$(docker inspect -f '{{json .State}}' bare)"
holds 'which was out of memory itself' bash -c 'dmesg | grep -a "oom-kill:" | tail -n 1 | grep -q "constraint=CONSTRAINT_NONE.*global_oom"'
holds '`diagnose` ends with 21' within 60 why of-host 21
told of-host
holds 'and is certain that it was the host' shows of-host '.cases[0].verdict | .id == "oom.host" and .confidence == "certain"'

holds 'a geth with a limit of 256 MiB answers' begin_bare -m 256m --memory-swap 256m
overfills_bare
holds 'and is ended by its own call' within 300 bare_ended
holds '`diagnose` ends with 20' within 60 why own-limit 20
told own-limit
holds 'and is certain that it was its own limit' \
  shows own-limit '.cases[0].verdict | .id == "oom.limit" and .confidence == "certain"'

holds 'a node of nodectl answers' up office 0 --memory 512M --swap 0 --cpus 1.5
before=$(kills)
pid=$(pid_of_node)
starves
holds 'a program beside it that takes all the memory has it killed' within 240 killed_since "$before"
released
note "$(dmesg | grep -a 'Out of memory: Killed' | tail -n 2 | cut -c1-160)"
holds 'it was geth' bash -c "dmesg | grep -aq 'Out of memory: Killed process $pid (geth)'"
holds 'the engine starts it again, and it is healthy' within 180 restarted after-starving
holds '`diagnose` tells of the end before: 21' nodectl_as starved 21 diagnose office
note "$(field starved '[.cases[] | "\(.verdict.id) \(.verdict.confidence) \(.run.endedAt)"] | join("; ")')"
holds 'and what it cost' shows starved '[.cases[] | select(.verdict.id == "oom.host")] | length == 1 and .[0].cost != null'

holds '`host swap add` gives the machine swap' nodectl_as swap-added 0 host swap add --size 256M --path /swap-for-why --yes
holds 'a geth with 256 MiB and 128 MiB of swap answers' begin_bare -m 256m --memory-swap 384m
overfills_bare
holds 'and is ended when both are full' within 400 bare_ended
holds '`diagnose` ends with 20' within 60 why with-swap 20
told with-swap
holds 'and is certain that it was its own limit' \
  shows with-swap '.cases[0].verdict | .id == "oom.limit" and .confidence == "certain"'
docker rm -f bare >/dev/null
