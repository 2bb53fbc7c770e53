# A geth that a person began with `docker run`, that takes as much memory as one call asks for: ended by the kernel, and diagnosed.

# begin_bare DOCKER-WORDS…
begin_bare() {
  docker rm -f bare >/dev/null 2>&1
  docker run -d --name bare "$@" -p 127.0.0.1:18645:8545 "nodectl/geth:v$geth" \
    --dev --datadir /tmp/geth --cache 32 --http --http.addr 0.0.0.0 --rpc.gascap 0 --rpc.evmtimeout 0 || return 1
  within 120 asks_bare eth_blockNumber '[]'
}
# asks_bare METHOD PARAMETERS: true where geth answered with a result. Not with `fetch`, whose parser is compiled in the background: under
# emulation Node may find nothing left to wait for, and end in peace before anything was sent.
asks_bare() {
  node -e '
    const [method, params] = process.argv.slice(1);
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: JSON.parse(params) });
    const asked = require("node:http").request("http://127.0.0.1:18645", { method: "POST", headers: { "content-type": "application/json" } });
    process.exitCode = 1;
    asked.on("error", ({ message }) => console.log(message));
    asked.on("response", async (answer) => {
      const said = (await answer.setEncoding("utf8").toArray()).join("");
      console.log(said.slice(0, 300));
      if ("result" in JSON.parse(said)) process.exitCode = 0;
    });
    asked.end(body);
  ' "$1" "$2"
}
# A call's program asks for 1 GiB, then for 1.5: geth has both while it copies. A slice grows by quarters, so the second is 1.56 GiB: less
# than the machine has, or the kernel would refuse it instead of killing. PUSH5 0x0040000000 MLOAD POP PUSH5 0x0060000000 MLOAD.
overfills_bare() { note "$(asks_bare eth_call '[{"data":"0x6400400000005150640060000000515000"},"latest"]')"; }
bare_ended() { [ "$(docker inspect -f '{{.State.Running}}' bare)" = false ]; }
# why NAME EXIT: the diagnosis of the bare container.
why() { nodectl_as "$1" "$2" diagnose --container bare; }
told() { note "$(field "$1" '.cases[0].verdict | "\(.id) \(.confidence): \(.meaning)"')"; }
