# Booted with cgroup_disable=memory, as some small boards are by default: no memory limit can hold.

holds 'the engine cannot limit memory' equal "$(docker info -f '{{.MemoryLimit}} {{.SwapLimit}}' 2>/dev/null)" 'false false'
holds '`doctor` ends with 3' nodectl_as doctor 3 doctor
tally doctor
for id in cg.memory cg.swap; do holds "$id fails" says doctor "$id" fail; done
holds 'and names what to take off the kernel command line' \
  shows doctor '.findings[] | select(.id == "cg.memory") | [.meaning, .remedy.text, .remedy.commands[]] | join(" ") | test("cgroup_disable=memory")'
holds 'cg.version is ok' says doctor cg.version ok
