import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropImage, engineSocket, importImage } from '../contract/probe-image.ts';
import { gethImage } from '../geth-image.ts';
import type { Death } from './death.ts';
import { docker, dockerTried } from './docker.ts';

export interface MadeImage {
  readonly reference: string;
  readonly drop: () => Promise<void>;
}

const DEAF = `package main

import (
	"os"
	"os/exec"
	"os/signal"
	"syscall"
)

func main() {
	signal.Ignore(syscall.SIGTERM, syscall.SIGINT)
	geth := exec.Command("/usr/local/bin/geth", os.Args[1:]...)
	geth.Stdin, geth.Stdout, geth.Stderr = os.Stdin, os.Stdout, os.Stderr
	geth.Run()
	os.Exit(geth.ProcessState.ExitCode())
}
`;

/** A real geth behind a first process that ignores SIGTERM, as a shell does that was put before it. */
export async function deafImage(): Promise<MadeImage> {
  const from = await gethImage('1.17.8');
  const reference = `nodectl-test/deaf:t${process.pid}`;
  const folder = mkdtempSync(join(tmpdir(), 'nodectl-deaf-'));
  const helper = `nodectl-test-deaf-${process.pid}`;
  try {
    writeFileSync(join(folder, 'deaf.go'), DEAF);
    const env = { ...process.env, CGO_ENABLED: '0', GO111MODULE: 'off', GOFLAGS: '' };
    execFileSync('go', ['build', '-trimpath', '-ldflags=-s -w', '-o', join(folder, 'geth'), join(folder, 'deaf.go')], { env });
    docker('create', '--name', helper, from);
    docker('cp', join(folder, 'geth'), `${helper}:/geth`);
    docker('commit', '--change', 'ENTRYPOINT ["/geth"]', helper, reference);
  } finally {
    await dockerTried('rm', '-f', helper);
    rmSync(folder, { recursive: true });
  }
  return { reference, drop: () => dropImage(engineSocket(process.env), reference) };
}

const ARM64 = 0xb7;
const MACHINE_OF_ELF = 18;

/** An image whose program is a real one of this machine but says it is for another; or that has none at all. */
async function unfitImage(kind: 'architecture' | 'missing'): Promise<MadeImage> {
  const socket = engineSocket(process.env);
  const reference = `nodectl-test/${kind}:t${process.pid}`;
  const program = readFileSync(process.execPath).subarray(0, 8192);
  program[MACHINE_OF_ELF] = ARM64;
  await importImage(socket, reference, kind === 'architecture' ? { program } : {});
  return { reference, drop: () => dropImage(socket, reference) };
}

function unfit(cause: string, verdict: string, kind: 'architecture' | 'missing'): Death {
  return {
    cause,
    verdict,
    code: 29,
    // nodectl asks an image for its version before it makes a node of it.
    ways: ['docker run'],
    make: async (scene) => {
      const image = await unfitImage(kind);
      scene.later(image.drop);
      await scene.begin({ image: image.reference, fails: true });
    },
  };
}

export const IMAGE_DEATHS = [
  unfit('an image for another machine', 'image.architecture', 'architecture'),
  unfit('an image whose program is not there', 'image.entrypoint', 'missing'),
];
