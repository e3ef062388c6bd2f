import { readFileSync, rmSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { POSTAL_ROWS, TERRITORY } from '../../src/testing/territory.ts';
import { buildTree, writeTree } from '../../src/testing/tree.ts';
import { main } from './main.ts';

const tree = writeTree(await buildTree(TERRITORY, POSTAL_ROWS));
const POINT = '{"type":"Point","coordinates":[5,47.25]}';

afterAll(() => {
  rmSync(tree, { recursive: true });
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs the command in this process, its output caught. */
async function inProcess(args: readonly string[]) {
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      written[name] += String(chunk);
      return true;
    });
  }
  const status = await main(['node', 'carto', ...args]);
  vi.restoreAllMocks();
  return { status, ...written };
}

describe('a command that is misused ends with status 2 and one line', () => {
  it.each<[string[], string]>([
    [
      ['query', 'gpu/zone-urba', '--base', tree, '--where', 'typezone'],
      "option '--where <key=value>' argument 'typezone' is invalid. It must be key=value.",
    ],
    [['query', 'gpu/zone-urba', '--base', tree, '--where', 'a=1', '--where', 'a=2'], 'a is given twice.'],
    [['query', 'gpu/zone-urba', '--base', tree, '--limit', '-1'], 'It must be a whole number'],
    [['query', 'gpu/zone-urba', '--base', tree, '--geom', '{"type":"Point"}'], 'geom.coordinates: '],
    [['query', 'gpu/zone-urba', '--base', tree, '--geom', 'POINT (5 47)'], 'geom'],
    [['query', 'gpu/zone-urba', '--base', tree, '--geom', '@nowhere.json'], '--geom: ENOENT'],
    [['query', 'gpu/zone-urba', '--base', tree, '--where', 'typezon=U'], 'did you mean typezone?'],
    [['query', 'gpu/zone-urba', '--base', tree], 'give geom, an attribute, or a limit'],
    [['query', 'gpu/zone-urb', '--base', tree, '--limit', '1'], 'did you mean gpu/zone-urba?'],
    [['query', 'codes-postaux/commune', '--base', tree], 'did you mean codes-postaux/communes?'],
    [['query', 'nowhere', '--base', tree], ', codes-postaux/communes\n'],
    ...['geom', 'limit', 'start'].map((name): [string[], string] => [
      ['query', 'gpu/zone-urba', '--base', tree, '--limit', '1', '--where', `${name}=1`],
      `${name} is asked by --${name}.`,
    ]),
    [
      ['query', 'gpu/zone-urba', '--base', tree, '--where', 'geometry=false'],
      'geometry is asked by --no-geometry.',
    ],
    [['query', 'codes-postaux/communes', '--base', tree], 'codePostal: expected a postal code of 5 digits'],
    [
      ['query', 'codes-postaux/communes', '--base', tree, '--geom', POINT],
      'geom: codes-postaux/communes is asked by',
    ],
    [['query'], "missing required argument 'layer'"],
    [['query', 'gpu/zone-urba', '--limt', '1'], '(Did you mean --limit?)'],
    [['serv'], "unknown command 'serv' (Did you mean serve?)"],
    [['serve', '--port', '70000'], 'It must be a port'],
  ])('%j: %s', async (args, message) => {
    const { status, stdout, stderr } = await inProcess(args);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^carto: [^\n]+\n$/);
    expect([status, stdout]).toEqual([2, '']);
  });

  it('and without any command shows its help', async () => {
    const { status, stderr } = await inProcess([]);
    expect(status).toBe(2);
    expect(stderr).toContain('Examples:');
  });
});

describe('a command that fails ends with status 1 and one line', () => {
  it.each<[string[], string]>([
    [
      ['query', 'gpu/zone-urba', '--base', 'nowhere', '--limit', '1'],
      'nowhere/catalogue.json: no such file; carto build makes a tree\n',
    ],
    [
      ['query', 'gpu/zone-urba', '--base', 'static.example.fr/carto', '--limit', '1'],
      'no such file; an address begins with https://',
    ],
    [['query', 'codes-postaux/communes', '--base', tree, '--where', 'codePostal=35000'], '35000: '],
    [
      ['query', 'gpu/zone-urba', '--base', 'http://127.0.0.1:1/', '--limit', '1'],
      'see docs/hosting.md#cors (',
    ],
    [['serve', '--dir', 'nowhere'], 'nowhere: no catalogue.json'],
  ])('%j: %s', async (args, message) => {
    const { status, stdout, stderr } = await inProcess(args);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^carto: [^\n]+\n$/);
    expect([status, stdout]).toEqual([1, '']);
  });

  it('as JSON when a program asks, wherever the option stands', async () => {
    for (const args of [
      ['--json', 'query', 'gpu/zone-urba', '--base', 'nowhere', '--limit', '1'],
      ['query', 'gpu/zone-urba', '--base', 'nowhere', '--limit', '1', '--json'],
    ]) {
      const { status, stderr } = await inProcess(args);
      expect(status).toBe(1);
      expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'NotFound', retryable: false } });
    }
    const misused = await inProcess(['query', '--json', '--nope']);
    expect(misused.status).toBe(2);
    expect(JSON.parse(misused.stderr)).toMatchObject({ error: { code: 'Usage' } });
  });
});

describe('help', () => {
  it.each([
    [['--help'], 'carto query codes-postaux/communes'],
    [['query', '--help'], '--where <key=value>'],
    [['serve', '--help'], '--port <n>'],
    [['build', '--help'], '--sources <file>'],
    [['help', 'verify'], '--dir <folder>'],
    [['verify', '--help'], '--json'],
  ])('of %j is on standard output, with status 0', async (args, text) => {
    const { status, stdout, stderr } = await inProcess(args);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Usage: carto');
    expect(stdout).toContain(text);
  });

  it('and the version, which is that of package.json', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect(await inProcess(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });
});
