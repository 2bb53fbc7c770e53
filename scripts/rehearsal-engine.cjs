'use strict';
const { createServer } = require('node:http');
const { release } = require('node:os');

const IMAGE = 'sha256:'.padEnd(71, '0');
const CREATED = '2026-01-01T00:00:00.000000000Z';

/**
 * As much of a Docker engine as `up`, `ls`, `status` and `down` ask for, and a geth that answers them: so that a build can run
 * these commands, and V8 compiles what they use, on a machine that has neither. It starts nothing; `onStart` hears
 * which ports a container would publish.
 */
exports.rehearsalEngine = (onStart) => {
  const containers = new Map();
  const volumes = new Map();
  let created = 0;

  const find = (ref) => containers.get(ref) ?? [...containers.values()].find(({ Id }) => Id === ref);
  const gone = [404, { message: 'no such thing' }];

  const routes = [
    [
      'GET /info',
      () => [
        200,
        {
          KernelVersion: release(),
          Architecture: 'x86_64',
          NCPU: 64,
          MemTotal: 2 ** 38,
          CgroupVersion: '2',
          MemoryLimit: true,
          SwapLimit: true,
          CpuCfsQuota: true,
          PidsLimit: true,
          ServerVersion: '28.0.0',
          Driver: 'overlay2',
          DockerRootDir: '/',
        },
      ],
    ],
    ['GET /version', () => [200, { Version: '28.0.0', ApiVersion: '1.47', MinAPIVersion: '1.24', KernelVersion: release() }]],
    [
      'GET /images/.+/json',
      () => [
        200,
        {
          Id: IMAGE,
          RepoTags: [],
          RepoDigests: [],
          Architecture: 'amd64',
          Os: 'linux',
          Size: 1,
          Config: { Entrypoint: ['geth'], Labels: {} },
        },
      ],
    ],
    [
      'POST /volumes/create',
      (_, { Name, Labels }) => [201, volumes.set(Name, { Name, Labels, Mountpoint: '/nonexistent', CreatedAt: CREATED }).get(Name)],
    ],
    ['GET /volumes/([^/]+)', (name) => (volumes.has(name) ? [200, volumes.get(name)] : gone)],
    ['GET /containers/json', () => [200, [...containers.values()].filter(({ Config }) => Config.Labels).map(summary)]],
    [
      'POST /containers/create',
      (_, body, name) => {
        const Id = String(++created).padStart(64, '0');
        containers.set(name, inspection(Id, name, body));
        return [201, { Id, Warnings: [] }];
      },
    ],
    ['GET /containers/([^/]+)/json', (ref) => (find(ref) ? [200, find(ref)] : gone)],
    [
      'POST /containers/([^/]+)/start',
      (ref) => {
        setState(find(ref), 'running', process.pid);
        onStart(find(ref).HostConfig.PortBindings);
        return [204];
      },
    ],
    [
      'POST /containers/([^/]+)/stop',
      (ref) => {
        setState(find(ref), 'exited', 0);
        return [204];
      },
    ],
    [
      'POST /containers/([^/]+)/rename',
      (ref, _, name) => {
        const found = find(ref);
        containers.delete(found.Name.slice(1));
        containers.set(name, Object.assign(found, { Name: `/${name}` }));
        return [204];
      },
    ],
    ['PUT /containers/([^/]+)/archive', () => [200, {}]],
    ['POST /containers/([^/]+)/wait', () => [200, { StatusCode: 0 }]],
    ['GET /containers/([^/]+)/logs', () => [200]],
    [
      'DELETE /containers/([^/]+)',
      (ref) => {
        containers.delete(find(ref)?.Name.slice(1));
        return [204];
      },
    ],
  ].map(([pattern, answer]) => [new RegExp(`^${pattern}$`), answer]);

  return createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url, 'http://engine');
      const path = decodeURIComponent(pathname.replace(/^\/v[\d.]+/, ''));
      const send = (status, body) => {
        response.writeHead(status, { 'Content-Type': 'application/json', 'Api-Version': '1.47', Ostype: 'linux' });
        response.end(body === undefined ? '' : JSON.stringify(body));
      };
      if (path === '/_ping') return send(200, 'OK');
      if (path === '/') return send(200, rpcAnswers(JSON.parse(Buffer.concat(chunks))));
      const json = request.headers['content-type']?.includes('json') && chunks.length > 0 ? JSON.parse(Buffer.concat(chunks)) : {};
      for (const [pattern, answer] of routes) {
        const match = pattern.exec(`${request.method} ${path}`);
        if (match) return send(...answer(match[1], json, searchParams.get('name')));
      }
      send(...gone);
    });
  });
};

function inspection(Id, name, body) {
  const { HostConfig, ...Config } = body;
  const Mounts = (HostConfig.Mounts ?? []).map(({ Source, Target }) => ({ Name: Source, Source: '/nonexistent', Destination: Target }));
  const found = { Id, Name: `/${name}`, Image: IMAGE, Created: CREATED, Config, HostConfig, Mounts, RestartCount: 0 };
  return setState(found, 'created', 0);
}

function setState(container, Status, Pid) {
  return Object.assign(container, {
    State: {
      Status,
      Pid,
      Running: Status === 'running',
      ExitCode: 0,
      OOMKilled: false,
      Error: '',
      StartedAt: CREATED,
      FinishedAt: CREATED,
    },
  });
}

function summary({ Id, Name, Image, Config, State }) {
  return {
    Id,
    Names: [Name],
    Image,
    ImageID: Image,
    Labels: Config.Labels,
    State: State.Status,
    Status: 'Up',
    Created: 1767225600,
    Ports: [],
  };
}

function rpcAnswers(asked) {
  const block = { number: '0x1', hash: '0x'.padEnd(66, '0'), timestamp: `0x${Math.floor(Date.now() / 1000).toString(16)}` };
  const results = { eth_syncing: false, eth_getBlockByNumber: block, web3_clientVersion: 'Geth/v1.17.8-stable/linux-amd64/go1.26' };
  const answer = ({ id, method }) => ({ jsonrpc: '2.0', id, result: results[method] ?? '0x539' });
  return Array.isArray(asked) ? asked.map(answer) : answer(asked);
}
