# Booted on cgroup v1, whose memory controller the kernel of Debian 13 no longer has.

holds 'the engine is on cgroup v1, without memory limits' \
  equal "$(docker info -f '{{.CgroupVersion}} {{.MemoryLimit}} {{.SwapLimit}}' 2>/dev/null)" '1 false false'
holds '`doctor` ends with 3' nodectl_as doctor 3 doctor
tally doctor
holds 'cg.memory fails' says doctor cg.memory fail
holds 'and sends to cgroup v2, not to a parameter that would do nothing' \
  shows doctor '.findings[] | select(.id == "cg.memory") | .remedy.commands == ["nodectl doctor cg.version"]'
holds 'cg.version does not call it good' shows doctor '.findings[] | select(.id == "cg.version") | .severity | IN("warn", "fail")'
note "$(field doctor '.findings[] | select(.id | IN("cg.version", "cg.memory")) | "\(.meaning) \(.remedy.text)"')"
