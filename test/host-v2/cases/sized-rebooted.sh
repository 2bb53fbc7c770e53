# The filesystem of the chain's own after a boot, and gone without a trace.

image=/var/lib/docker/nodectl/nodectl-office.img
unit=nodectl-storage-nodectl-office.service
holds 'the unit ran, before the engine' test "$(began "$unit")" -lt "$(began docker.service)"
holds 'a loop device shows the file' equal "$(losetup -n -O BACK-FILE -j "$image")" "$image"
holds 'and the link names it' equal "$(readlink /dev/nodectl/nodectl-office)" "$(losetup -n -O NAME -j "$image")"
holds '`start` ends with 0' nodectl_as rebooted-started 0 start office --timeout 5m
holds 'no block is lost' equal "$(head_of_chain)" "$(cat "$work/head")"
holds '`status` ends with 0' status rebooted-status 0
holds 'it says the size' stores rebooted-status 'sized filesystem' 2684354560 '^/sys/block/loop'
holds 'geth is all there' heeds
holds '`down --volumes` ends with 0' nodectl_as sized-gone 0 down office --volumes --yes
holds 'no file is left' equal "$(ls /var/lib/docker/nodectl)" ''
holds 'no loop device' equal "$(losetup -a)" ''
holds 'no mount of one' equal "$(grep /dev/loop /proc/mounts)" ''
holds 'no link' equal "$(ls /dev/nodectl 2>/dev/null)" ''
holds 'no volume' equal "$(docker volume ls -q)" ''
holds 'and /etc is as it was before' settings_are unsized-settings
