# The guard after a boot, and gone with the last node that needs it.

unit=nodectl-guard.service
guarded() { status "$1" 0 && stores "$1" watchdog 2147483648 'watch --guard'; }
holds 'the guard came back with the boot' within 120 systemctl is-active -q "$unit"
holds '`start` ends with 0' nodectl_as guard-rebooted 0 start office --timeout 5m
holds 'no block is lost' equal "$(head_of_chain)" "$(cat "$work/head")"
holds 'the size is kept' within 180 guarded guard-rebooted-status
holds 'geth is all there' heeds
holds '`down --volumes` ends with 0' nodectl_as guard-gone 0 down office --volumes --yes
holds 'no guard runs' equal "$(systemctl is-active "$unit")" inactive
holds 'and /etc is as it was before' settings_are unguarded-settings
