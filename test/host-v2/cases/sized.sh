# A filesystem of the chain's own, on a disk without quotas: it grows while geth runs, is a wall, and is there after a boot.

image=/var/lib/docker/nodectl/nodectl-office.img
unit=nodectl-storage-nodectl-office.service
GROWN=1610612736
settings >"$work/unsized-settings"
holds '`up --storage 1G` ends with 0' up sized 0 --memory 512M --storage 1G
holds 'the chain has a filesystem of its own' stores sized 'sized filesystem' 1073741824 '^/sys/block/loop'
# The kernel begins to give the blocks of unwritten inode tables back some seconds after the first mount, were there any.
sleep 15
reserved() { local missing=$(($(stat -c '%s - %b * %B' "$image"))); [ "$missing" -lt 1048576 ] || { echo "$missing bytes are not"; return 1; }; }
holds 'all of its blocks are reserved' reserved
holds 'a unit attaches it at every boot' equal "$(systemctl is-enabled "$unit")" enabled
holds 'the same `up` again changes nothing' up sized-again 0 --memory 512M --storage 1G
holds 'and says so' shows sized-again '.changed == false'

pid=$(pid_of_node)
total=$(df -B1 --output=size "$(folder_of_chain)" | tail -1)
holds 'a block is made' makes_a_block
holds '`storage grow` ends with 0 while geth runs' nodectl_as grown 0 storage grow 1536M office
holds 'it says that the volume was in use' shows grown '.changed and .inUse and .toBytes == 1610612736'
holds 'the same process has the new room' test "$(df -B1 --output=size "$(folder_of_chain)" | tail -1)" -gt $((total + 400000000))
sleep 15
holds 'all blocks of that are reserved, too' reserved
holds 'geth goes on' equal "$(pid_of_node)" "$pid"
holds 'and makes a block' makes_a_block
holds '`status` ends with 0' status grown-status 0
holds 'it says the new size' stores grown-status 'sized filesystem' "$GROWN" '^/sys/block/loop'

head=$(head_of_chain)
meets_the_wall 1536 'No space left on device'
holds '`storage grow` of a node that stands ends with 0' nodectl_as grown-still 0 storage grow 2560M office
holds 'it is not in use' shows grown-still '.changed and (.inUse | not)'
holds '`start` ends with 0' nodectl_as sized-started 0 start office --timeout 5m
holds 'no block is lost' equal "$(head_of_chain)" "$head"
holds 'geth is all there' heeds
holds '`stop` ends with 0' nodectl_as sized-stopped 0 stop office
echo "$head" >"$work/head"
sync
