import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const WALL = 200;

it('keeps every source file below the wall of 200 lines', () => {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'src', 'scripts', 'bin', 'bench'], { encoding: 'utf8' });
  const tall = files
    .split('\n')
    .filter((file) => file !== '' && existsSync(file) && readFileSync(file, 'utf8').split('\n').length > WALL + 1);
  expect(tall).toEqual([]);
});
