import { createServer, request } from 'node:http';

const ENGINE = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace(/^unix:\/\//, '');

/**
 * An engine on the socket `path` that has `count` nodes: one real node under many names, so that each is asked for real. What it is
 * asked beyond the list and the inspection of them, the real engine answers.
 */
export async function manyNodes(path, node, count) {
  const names = Array.from({ length: count }, (_, at) => `${node}-${at}`);
  const real = await ask(`/containers/nodectl-${node}/json`);
  const [listed] = (await ask('/containers/json?all=true')).filter(({ Names }) => Names.includes(`/nodectl-${node}`));
  const renamed = (labels, name) => ({ ...labels, 'nodectl.node': name });
  const list = names.map((name, at) => ({
    ...listed,
    Id: idOf(at),
    Names: [`/nodectl-${name}`],
    Labels: renamed(listed.Labels, name),
  }));
  const inspected = new Map(
    names.map((name, at) => [
      `nodectl-${name}`,
      { ...real, Id: idOf(at), Name: `/nodectl-${name}`, Config: { ...real.Config, Labels: renamed(real.Config.Labels, name) } },
    ]),
  );
  const server = createServer((asked, answer) => {
    const say = (body) => answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const at = asked.url.replace(/^\/v[\d.]+/, '').replace(/\?.*/, '');
    if (at === '/containers/json') return say(list);
    const found = inspected.get(/^\/containers\/([^/]+)\/json$/.exec(at)?.[1]);
    if (found !== undefined) return say(found);
    const passed = request({ socketPath: ENGINE, path: asked.url, method: asked.method, headers: asked.headers }, (incoming) => {
      answer.writeHead(incoming.statusCode, incoming.headers);
      answer.flushHeaders();
      incoming.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    asked.pipe(passed);
  });
  await new Promise((resolve) => server.listen(path, resolve));
  return {
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function idOf(at) {
  return at.toString(16).padStart(64, 'b');
}

function ask(path) {
  return new Promise((resolve, reject) => {
    const asking = request({ socketPath: ENGINE, path }, async (incoming) => {
      let text = '';
      for await (const chunk of incoming) text += chunk;
      resolve(JSON.parse(text));
    });
    asking.on('error', reject);
    asking.end();
  });
}
