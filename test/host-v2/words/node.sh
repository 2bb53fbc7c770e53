# The one node of this machine. Whatever waits for an answer waits longer than a person would: the machine is emulated.

geth=$(cat /job/geth-version)
# up NAME EXIT OPTIONS…
up() { nodectl_as "$1" "$2" up --network dev --name office --geth-version "$geth" --port 18545 --yes --timeout 5m "${@:3}"; }
# status NAME EXIT
status() { nodectl_as "$1" "$2" status office --timeout 30s; }
# The cgroup folder of its geth, by the kernel's own word.
group_of_node() { echo "/sys/fs/cgroup$(sed -n 's/^0:://p' "/proc/$(pid_of_node)/cgroup")"; }
pid_of_node() { docker inspect -f '{{.State.Pid}}' nodectl-office; }
