import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { profileFolder } from '../../src/adapters/profile-folder.ts';
import { profileTitles } from '../../src/adapters/profile-titles.ts';

it("tells the names, kinds and titles of nodectl's profiles as the YAML library reads them", () => {
  const files = profileFolder('profiles');
  const read = files.names().map((name) => {
    const { kind, title = '' } = files.read(name).document as { readonly kind: string; readonly title?: string };
    return { name, kind, title };
  });
  expect(profileTitles('profiles')).toEqual(read);
});

it('tells what it can of files that are no profiles, and nothing of a folder that is not there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nodectl-profiles-'));
  writeFileSync(join(folder, 'a.yaml'), 'title: "Quoted: with a colon"\nkind: network\n');
  writeFileSync(join(folder, 'b.yaml'), '\u0000\u0001');
  mkdirSync(join(folder, 'c.yaml'));
  writeFileSync(join(folder, 'd.json'), '{}');
  expect(profileTitles(folder)).toEqual([
    { name: 'a', kind: 'network', title: 'Quoted: with a colon' },
    { name: 'b', kind: '', title: '' },
    { name: 'c', kind: '', title: '' },
  ]);
  rmSync(folder, { recursive: true });
  expect(profileTitles(folder)).toEqual([]);
});
