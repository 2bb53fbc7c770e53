# Sourced: `make_job WORK` makes WORK/job.ext4, the machine's second disk: this nodectl as built, the Node that runs it here,
# a geth image, and the cases.

make_job() {
  local work=$1 folder="$1/job" image="nodectl/geth:v$GETH_VERSION" node
  mkdir -p "$folder/bin" "$folder/nodectl" || return 1
  # Builds what is out of date; and the image, which is only read afterwards.
  ./bin/nodectl version >/dev/null || return 1
  docker image inspect "$image" >/dev/null 2>&1 || ./bin/nodectl image build --geth-version "$GETH_VERSION" >&2 || return 1
  docker save -o "$folder/geth.tar" "$image" || return 1
  echo "$GETH_VERSION" >"$folder/geth-version"
  node=$(node -p process.execPath) && cp "$node" "$folder/bin/node" || return 1
  cp -r bin dist profiles package.json "$folder/nodectl/" || return 1
  cp -r "$here/inside.sh" "$here/words" "$here/cases" "$folder/" || return 1
  mkfs.ext4 -q -d "$folder" "$work/job.ext4" 512M >/dev/null || return 1
  rm -rf "$folder"
}
