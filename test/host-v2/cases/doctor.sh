# What doctor says of this machine while its node is promised swap that does not exist.

holds '`doctor` ends with 3: a limit promises swap, and there is none' nodectl_as before 3 doctor
tally before
note "doctor took $(field before .tookMs) ms by its own clock, emulated"
for id in cg.version cg.memory cg.swap cg.cpu docker.reach docker.api docker.local sec.apparmor stop.timeout swap.allowed vm.overcommit; do
  holds "$id is ok" says before "$id" ok
done
for id in swap.present swap.size; do holds "$id fails" says before "$id" fail; done
holds 'vm.swappiness tells of 60' says before vm.swappiness info
holds 'log.rotate warns: this engine bounds the logs of nobody else' says before log.rotate warn
holds 'net.exposure knows that an engine before 28 lets neighbours reach 127.0.0.1' says before net.exposure info
holds 'oom.history tells of the kill' shows before '.findings[] | select(.id == "oom.history") | .severity | IN("warn", "fail")'
holds 'no check crashed or hung' shows before '[.findings[] | select(.severity == "unknown" and (.meaning | test("crash|in time|deadline")))] == []'
holds '`doctor swap` asks that group alone' nodectl_as group 3 doctor swap
holds 'and no other' shows group '[.findings[].id | startswith("swap.")] | all and length >= 3'
holds 'a node that cannot fit is told before it is made' nodectl_as tight 3 doctor mem --for dev --memory 4G
