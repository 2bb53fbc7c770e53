# A chain of a size, on this or that disk; and dd in the node's own container, in which there is nothing but geth.

# engine_on FOLDER OPTIONS MKFS-WORDS…: the engine keeps the folder on the machine's third disk, with a new filesystem.
engine_on() {
  local folder=$1 options=$2
  shift 2
  systemctl stop docker.socket docker.service || return 1
  ! mountpoint -q "$folder" || umount "$folder" || return 1
  "$@" /dev/vdc && mount -o "$options" /dev/vdc "$folder" && systemctl start docker.service
}
engine_off() { systemctl stop docker.socket docker.service && umount "$1" && systemctl start docker.service; }

folder_of_chain() { docker volume inspect -f '{{.Mountpoint}}' nodectl-office; }
# dd with what it is linked to, as a folder of the chain.
plant_dd() {
  local folder
  folder=$(folder_of_chain)/dd
  # shellcheck disable=SC2046
  mkdir "$folder" && cp -L /usr/bin/dd $(ldd /usr/bin/dd | grep -o '/[^ ]*') "$folder" && chown -R 1000:1000 "$folder"
}
# dd_inside FILE OPERANDS…: in the node's container, as its user.
dd_inside() {
  docker exec -e LC_ALL=C nodectl-office /data/dd/ld-linux-x86-64.so.2 --library-path /data/dd \
    /data/dd/dd if=/dev/zero "of=/data/$1" bs=1M "${@:2}"
}
# refuses WORDS COMMAND…: the command fails and says the words.
refuses() {
  local words=$1 said
  shift
  said=$("$@" 2>&1) && { echo 'it was not refused'; return 1; }
  [[ $said == *"$words"* ]] || { echo "$said"; return 1; }
}
# stores NAME ENFORCEMENT BYTES SOURCE: what that document says of the size.
stores() {
  shows "$1" '.storage | .enforcement == $word and .held == $bytes and .wanted == $bytes and (.source | test($source))' \
    --arg word "$2" --argjson bytes "$3" --arg source "$4"
}
# heeds: geth closes its database when it is told to end. For some time after it answers a signal ends it at once (1.17.8: until it has
# started its log indexer, two seconds where nothing is emulated).
heeds() {
  local since
  since=$(docker inspect -f '{{.State.StartedAt}}' nodectl-office)
  within 120 eval "docker logs --since $since nodectl-office 2>&1 | grep -q 'Started log indexer'"
}
ended() { [ "$(docker inspect -f '{{.State.Status}}' nodectl-office)" = exited ]; }
# ask METHOD PARAMETERS: the node's answer.
ask() {
  node -e '
    const [method, params] = process.argv.slice(1);
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: JSON.parse(params) });
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const asking = require("node:http").request({ host: "127.0.0.1", port: 18545, method: "POST", headers }, (answer) => {
      let text = "";
      answer.on("data", (part) => { text += part; });
      answer.on("end", () => { const { result, error } = JSON.parse(text); console.log(result ?? error.message); process.exit(error ? 1 : 0); });
    });
    asking.on("error", () => process.exit(1));
    asking.end(body);
  ' "$1" "$2"
}
head_of_chain() { echo $(($(ask eth_blockNumber '[]'))); }
# A development chain makes a block of a transaction.
makes_a_block() {
  local account before
  account=$(ask eth_accounts '[]') && account=$(grep -o '0x[0-9a-f]*' <<<"$account" | head -1) && before=$(head_of_chain) || return 1
  ask eth_sendTransaction "[{\"from\":\"$account\",\"to\":\"$account\",\"value\":\"0x1\"}]" || return 1
  within 60 eval "[ \$(head_of_chain) -gt $before ]"
}

# meets_the_wall MEGABYTES WORDS: the running node's chain is filled up to a little less than so much, and past it dd is refused.
# Meanwhile geth sleeps, as it would end at the first look; awake it ends so.
meets_the_wall() {
  local pid
  pid=$(pid_of_node)
  holds 'dd is in the chain' plant_dd
  kill -STOP "$pid"
  holds "a file takes $(($1 - 300)) MB of it" fallocate -l "$(($1 - 300))M" "$(folder_of_chain)/filler"
  holds "dd in the container past the size is refused: $2" refuses "$2" dd_inside beyond count=400
  note "$(df -B1 --output=size,used,avail "$(folder_of_chain)" | tail -1)"
  rm "$(folder_of_chain)/beyond"
  kill -CONT "$pid"
  holds 'geth sees how little is left, and ends' within 180 ended
  holds 'in good order, and nothing starts it again' equal "$(docker inspect -f '{{.State.ExitCode}} {{.RestartCount}}' nodectl-office)" '0 0'
  holds '`status` ends with 3' status full 3
  holds 'and says that the disk was low' shows full '[.. | objects | select(.state? == "stopped" and .reason? == "disk-low")] | length > 0'
}

# quota_keeps KIND WORDS: the life of a chain under a quota of the disk, which refuses with these words.
quota_keeps() {
  local kind=$1 size=1073741824
  holds '`up --storage 1G` ends with 0' up quota 0 --memory 512M --storage 1G
  holds 'it chose the quota of the disk, and read it back' stores quota "$kind" "$size" statfs
  holds 'geth is told to end before the wall' \
    grep -q -- '--datadir.minfreedisk' <(docker inspect -f '{{join .Args "\n"}}' nodectl-office)
  holds '`status` ends with 0' status quota-status 0
  holds 'it says the same' stores quota-status "$kind" "$size" statfs
  holds 'the same `up` again changes nothing' up quota-again 0 --memory 512M --storage 1G
  holds 'and says so' shows quota-again '.changed == false'
  holds 'a quota is not grown: `storage grow` ends with 4' nodectl_as quota-grown 4 storage grow 2G office
  meets_the_wall 1024 "$2"
  rm "$(folder_of_chain)/filler"
  holds 'with room again `start` ends with 0' nodectl_as quota-started 0 start office --timeout 5m
  holds 'and the size holds' status quota-status 0
  holds 'as before' stores quota-status "$kind" "$size" statfs
  holds 'geth is all there' heeds
  holds '`down --volumes` ends with 0' nodectl_as quota-gone 0 down office --volumes --yes
}
# began UNIT: when it was active, in microseconds since the boot; nothing where it is not.
began() { systemctl is-active -q "$1" && systemctl show -P ActiveEnterTimestampMonotonic "$1"; }
