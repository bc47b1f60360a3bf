import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scripts } from '../../../package.json' with { type: 'json' };

const ROOT = path.join(import.meta.dirname, '../../..');
const BOOTSTRAP = path.join(ROOT, 'scripts/bootstrap.mjs');

/** An npm that fails and says why, unless it has been told to be silent. */
const FAILING_NPM = `
const level = process.argv.findLast((arg) => arg.startsWith('--loglevel='))?.slice('--loglevel='.length);
if ((level ?? process.env.npm_config_loglevel) !== 'silent') console.error(process.argv[2] + ': no way to the registry');
process.exit(1);
`;

let clone: string;
let npm: string;

beforeEach(() => {
  clone = mkdtempSync(path.join(tmpdir(), 'framescope-clone-'));
  mkdirSync(path.join(clone, 'scripts'));
  copyFileSync(BOOTSTRAP, path.join(clone, 'scripts/bootstrap.mjs'));
  npm = path.join(clone, 'npm-cli.js');
  writeFileSync(npm, FAILING_NPM);
  describePackage('>=20.19');
});

afterEach(() => rmSync(clone, { recursive: true, force: true }));

function describePackage(node: string): void {
  writeFileSync(path.join(clone, 'package.json'), JSON.stringify({ engines: { node } }));
  writeFileSync(path.join(clone, 'package-lock.json'), '{}');
}

function runTask(
  task: string,
  env: NodeJS.ProcessEnv,
): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/bootstrap.mjs', task], {
    cwd: clone,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('on a fresh clone', () => {
  it('every command of the README fetches the packages first', () => {
    const told = readFileSync(path.join(ROOT, 'README.md'), 'utf8').matchAll(/npm (?:run )?([a-z:]+)/g);
    const names = new Set(Array.from(told, ([, name = '']) => name).filter((name) => name in scripts));
    expect([...names]).toContain('zip');
    const commandOf = (name: string): string => {
      const command: string = scripts[name as keyof typeof scripts];
      return command.replace(/^npm run ([a-z:]+)/, (_, first: string) => commandOf(first));
    };
    const bare = [...names].filter((name) => !commandOf(name).startsWith('node scripts/bootstrap.mjs '));
    expect(bare).toEqual([]);
  });

  it('a task that only fetches them does nothing else, and stops what should follow where they cannot be had', () => {
    expect(runTask('install', { npm_execpath: npm }).status).toBe(1);
    writeFileSync(npm, '');
    expect(runTask('install', { npm_execpath: npm })).toMatchObject({ status: 0, stderr: '' });
  });

  it('what npm fails at is said, though npm itself runs silently', () => {
    const outcome = runTask('test', { npm_execpath: npm, npm_config_loglevel: 'silent' });
    expect(outcome).toMatchObject({
      status: 1,
      stderr: 'install: no way to the registry\nnpm install failed. The reason stands above.\n',
    });
  });

  it('a test run that comes to no test says at its very end that it failed', () => {
    expect(runTask('test', { npm_execpath: npm }).stdout).toMatch(/\n0 passed, 1 failed\n$/);
    expect(runTask('start', { npm_execpath: npm }).stdout).not.toContain('passed');
  });

  it('a machine without npm is told that it needs one', () => {
    const { status, stderr } = runTask('test', { PATH: clone });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Framescope needs npm to fetch its packages\b.*\n$/);
  });

  it('an old Node is told so before anything else is done', () => {
    describePackage('>=999.1');
    const { status, stderr } = runTask('no such task', { npm_execpath: npm });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Framescope needs Node\.js 999\.1 or newer; this is .*\n$/);
  });
});
