# Booted with swapaccount=0, which this kernel ignores, and psi=0, which it does not.

holds 'the engine accounts swap all the same' equal "$(docker info -f '{{.MemoryLimit}} {{.SwapLimit}}')" 'true true'
holds '`doctor` ends with 0: no node is promised swap' nodectl_as doctor 0 doctor
tally doctor
for id in cg.version cg.memory cg.swap; do holds "$id is ok" says doctor "$id" ok; done
holds 'swap.present warns: there is none' says doctor swap.present warn
holds 'mem.psi cannot tell, and does not judge' shows doctor '.findings[] | select(.id == "mem.psi") | .severity | IN("info", "unknown")'
note "$(field doctor '.findings[] | select(.id == "mem.psi") | .meaning')"
