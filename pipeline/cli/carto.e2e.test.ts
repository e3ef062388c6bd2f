/** The command line as its users run it: a process of its own. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { openCarto } from '../../src/node.ts';
import { POSTAL_ROWS, TERRITORY } from '../../src/testing/territory.ts';
import { buildTree, writeTree } from '../../src/testing/tree.ts';

const CARTO = fileURLToPath(new URL('./carto.mjs', import.meta.url));
const tree = writeTree(await buildTree(TERRITORY, POSTAL_ROWS));
const scratch = mkdtempSync(join(tmpdir(), 'carto-cli-'));
const POINT = '{"type":"Point","coordinates":[5,47.25]}';

afterAll(() => {
  rmSync(tree, { recursive: true });
  rmSync(scratch, { recursive: true });
});

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: readonly string[]) {
  return spawn(process.execPath, [CARTO, ...args], { cwd: scratch });
}

function run(args: readonly string[], input = ''): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = start(args);
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('close', (status) => {
      resolve({ status, stdout, stderr });
    });
    child.stdin.end(input);
  });
}

const query = (layer: string, ...args: string[]): Promise<Outcome> =>
  run(['query', layer, '--base', tree, ...args]);

describe('carto query', () => {
  it('writes the answer of the library, a feature a line', async () => {
    const { status, stdout, stderr } = await query('gpu/zone-urba', '--geom', POINT);
    const answer = await (await openCarto(tree)).query('gpu/zone-urba', { geom: POINT });
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual(answer);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(answer.features.length + 2);
    expect(JSON.parse(lines[1]?.replace(/,$/, '') ?? '')).toEqual(answer.features[0]);
  });

  it('takes the geometry from a file or from standard input too', async () => {
    const file = join(scratch, 'point.geojson');
    // As Windows writes it.
    writeFileSync(file, `\uFEFF${POINT}`);
    const [direct, fromFile, fromInput] = await Promise.all([
      query('cadastre/parcelle', '--geom', POINT),
      query('cadastre/parcelle', '--geom', `@${file}`),
      run(['query', 'cadastre/parcelle', '--base', tree, '--geom', '@-'], POINT),
    ]);
    expect(fromFile).toEqual(direct);
    expect(fromInput).toEqual(direct);
    expect(direct.status).toBe(0);
  });

  it('filters, pages, and leaves geometries out', async () => {
    const where = ['--where', 'code_insee=21231', '--where', 'section=AA'];
    const { stdout } = await query(
      'cadastre/parcelle',
      ...where,
      '--limit',
      '3',
      '--start',
      '2',
      '--no-geometry',
    );
    const asked = { code_insee: '21231', section: 'AA', limit: 3, start: 2, geometry: false };
    expect(JSON.parse(stdout)).toEqual(await (await openCarto(tree)).query('cadastre/parcelle', asked));
  });

  it('writes an empty collection that says that it is out of coverage', async () => {
    const { status, stdout } = await query(
      'cadastre/parcelle',
      '--geom',
      '{"type":"Point","coordinates":[0,45]}',
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ features: [], meta: { coverage: 'outside' } });
  });

  it('writes the rows of a postal code', async () => {
    const { stdout } = await query('codes-postaux/communes', '--where', 'codePostal=21700');
    expect(JSON.parse(stdout)).toEqual(POSTAL_ROWS.slice(0, 2));
    expect(JSON.parse((await query('codes-postaux/communes', '--where', 'codePostal=21999')).stdout)).toEqual(
      [],
    );
  });

  it('ends quietly when its reader goes away', async () => {
    const child = start(['query', 'cadastre/parcelle', '--base', tree, '--limit', '100000']);
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect([status, stderr]).toEqual([0, '']);
  });
});

describe('the process', () => {
  it('ends with one line and a status: 2 for misuse, 1 for failure', async () => {
    const [misused, failed] = await Promise.all([
      run(['query', 'gpu/zone-urba', '--limit', 'x']),
      run(['query', 'gpu/zone-urba', '--limit', '1']),
    ]);
    expect([misused.status, misused.stdout]).toEqual([2, '']);
    expect(misused.stderr).toMatch(/^carto: [^\n]+\n$/);
    expect(failed).toEqual({
      status: 1,
      stdout: '',
      stderr: 'carto: dist/catalogue.json: no such file; carto build makes a tree\n',
    });
  });
});

describe('carto serve', () => {
  /** Runs `work` with the address that is written first; then stops the server with `signal`. */
  async function serving<T>(
    signal: NodeJS.Signals,
    work: (address: string) => Promise<T>,
  ): Promise<T & { status: number | null }> {
    const child = start(['serve', '--dir', tree]);
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    const first = await new Promise<string>((resolve) =>
      child.stdout.once('data', (chunk: Buffer) => {
        resolve(chunk.toString());
      }),
    );
    expect(first).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\n$/);
    try {
      const result = await work(first.trim());
      child.kill(signal);
      return { ...result, status: await ended };
    } finally {
      child.kill('SIGKILL');
    }
  }

  it.each<NodeJS.Signals>(['SIGINT', 'SIGTERM'])(
    'serves what the library reads, and ends well on %s',
    async (signal) => {
      const outcome = await serving(signal, async (address) => ({
        remote: await run(['query', 'cadastre/parcelle', '--base', address, '--geom', POINT]),
      }));
      const local = await query('cadastre/parcelle', '--geom', POINT);
      expect(outcome.status).toBe(0);
      expect(outcome.remote).toEqual(local);
    },
  );

  it('says when its port is taken', async () => {
    const server: Server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const { status, stderr } = await run(['serve', '--dir', tree, '--port', String(port)]);
    server.close();
    expect(status).toBe(1);
    expect(stderr).toBe(`carto: port ${port}: it is in use; without --port a free one is taken\n`);
  });
});
