/** Below the ports of the network itself, and far from those that `up` takes by itself. */
const FIRST = 18_545;

/**
 * Ports for the node of that place in a list: tests on a chain run beside others, which count on nodectl's own first ports. Nodes of
 * private chains publish no port for peers.
 */
export function ownPorts(place: number): readonly string[] {
  return ['--port', String(FIRST + 2 * place)];
}
