# A size that a guard alone keeps, as a service of systemd: it stops geth in good order, comes back when it is killed, and follows the size.

unit=nodectl-guard.service
size=1073741824
guarded() { status "$1" 0 && stores "$1" watchdog "$2" 'watch --guard'; }
holds 'the geth image of the host is loaded' docker load -i /job/geth.tar
settings >"$work/unguarded-settings"
holds '`up --storage-mode watchdog` ends with 0' up guard 0 --memory 512M --storage 1G --storage-mode watchdog
holds 'the guard is a step of it' shows guard 'any(.steps[]; .kind == "provide-guard")'
holds 'systemd runs it' systemctl is-active -q "$unit"
holds 'and shall at every boot' equal "$(systemctl is-enabled "$unit")" enabled
holds 'once it has counted the chain, `status` says that the size is kept' within 180 guarded guard-status "$size"
holds 'the same `up` again changes nothing' up guard-again 0 --memory 512M --storage 1G --storage-mode watchdog
holds 'and says so' shows guard-again '.changed == false'

guard_pid() { systemctl show -P MainPID "$unit"; }
first=$(guard_pid)
holds 'the guard is killed' systemctl kill --signal=KILL "$unit"
comes_back() { systemctl is-active -q "$unit" && [ "$(guard_pid)" != "$first" ]; }
holds 'and comes back' within 60 comes_back
holds 'to its node' within 180 guarded guard-back "$size"

holds 'geth is all there' heeds
holds 'a block is made' makes_a_block
head=$(head_of_chain)
holds 'the chain grows almost to its size' fallocate -l 800M "$(folder_of_chain)/filler"
holds 'the guard ends geth' within 180 ended
holds 'in good order, and nothing starts it again' equal "$(docker inspect -f '{{.State.ExitCode}} {{.RestartCount}}' nodectl-office)" '0 0'
holds '`status` ends with 3' status guard-full 3
holds 'and says why it was stopped' shows guard-full '.sync == {state: "stopped", reason: "storage-limit"}'
holds '`start` ends with 4, and starts nothing' nodectl_as guard-started 4 start office
holds 'with a larger size `up` ends with 0' up guard-larger 0 --storage 2G
holds 'no block is lost' equal "$(head_of_chain)" "$head"
holds 'and the guard keeps the larger size' within 180 guarded guard-larger-status $((2 * size))
holds 'geth is all there' heeds
holds '`stop` ends with 0' nodectl_as guard-stopped 0 stop office
rm "$(folder_of_chain)/filler"
echo "$head" >"$work/head"
sync
