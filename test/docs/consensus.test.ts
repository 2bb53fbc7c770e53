import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chooseClient } from '../../src/node/consensus/choose-client.ts';
import { CONSENSUS_CLIENT_TABLE } from '../../src/node/consensus/client-table.ts';
import { splitBudget } from '../../src/node/consensus/split-budget.ts';
import { formatSize, GIB, parseSize } from '../../src/node/size.ts';
import { ENGINE } from '../node/geth-rules/networks.ts';
import { profileOf } from '../node/make-node.ts';

const page = readFileSync('docs/consensus.md', 'utf8');

describe('docs/consensus.md', () => {
  it('has each client as the code has it', () => {
    const rows = Object.values(CONSENSUS_CLIENT_TABLE).map(({ title, image, memory, stopSignal }) => {
      const needs = [memory.public, memory.private].map(({ minimum, comfortable }) => `${formatSize(minimum)}, ${formatSize(comfortable)}`);
      return `| ${title} | \`${image.repository}:${image.tag}\` | ${needs.join(' | ')} | ${stopSignal} |`;
    });
    expect(rows.filter((row) => !page.includes(row))).toEqual([]);
  });

  it('divides memory as the code does', () => {
    const rows = [...page.matchAll(/^\| ([a-z ]+), (\w+) \| (\d+ GiB) \| ([\d.]+ [MG]iB) \| ([\d.]+ [MG]iB) \|$/gm)];
    expect(rows.length).toBeGreaterThan(4);
    for (const [row, network = '', title = '', memory = '', client, geth] of rows) {
      const profile = network === 'a private network' ? ENGINE : profileOf(network);
      const wanted = Object.values(CONSENSUS_CLIENT_TABLE).find((candidate) => candidate.title === title);
      if (wanted === undefined) throw new Error(`no client of the row ${row}`);
      const { execution, consensus } = splitBudget(
        { memory: parseSize(memory.replace(' GiB', 'G'), 'memory'), swap: 0, cpus: 2 },
        wanted,
        profile,
      );
      expect([formatSize(consensus.memory), formatSize(execution.memory)], row).toEqual([client, geth]);
    }
  });

  it('says from which memory on a client is chosen for mainnet', () => {
    const chosen = (gib: number) => chooseClient(gib * GIB, profileOf('mainnet'))?.client;
    expect([chosen(22), chosen(21), chosen(8)]).toEqual(['lighthouse', 'nimbus', 'nimbus']);
    expect(page).toContain('22 GiB on mainnet');
  });
});
