/** The service worker in Chromium, on plain static hosting, under a page written for API Carto. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  answers,
  JSON_BODY,
  PARCELLES,
  POINT,
  QUESTIONS,
  tree,
  truth,
  UNVISITED,
  withoutTime,
  type Question,
} from './testing/questions.ts';
import type { InstallOptions } from './index.ts';
import { SW } from './testing/site.ts';
import { ask, blocksIn, executable, kept, stopWorkers, visit, visits, type Seen } from './testing/visits.ts';

const MOST_BYTES = 36 * 1024;
const WITH_SHELL = { shell: ['./', 'install.js'] };
const chromium = visits();

describe('sw.js', () => {
  it('is small', () => {
    const gzipped = gzipSync(SW.bytes, { level: 9 }).length;
    const parts = new Map<string, number>();
    for (const [file, bytes] of Object.entries(SW.inputs)) {
      const part = /src\/(\w+)/.exec(file)?.[1] ?? file;
      parts.set(part, (parts.get(part) ?? 0) + bytes);
    }
    const told = Array.from(parts, ([part, bytes]) => `${part} ${bytes}`).join(', ');
    process.stdout.write(`sw.js: ${gzipped} bytes gzipped, ${SW.bytes.length} minified: ${told}\n`);
    expect(gzipped).toBeLessThanOrEqual(MOST_BYTES);
  });
});

describe.skipIf(executable === undefined)('a page written for API Carto', () => {
  it('is answered through the worker on its first visit', async () => {
    const { address, host } = await chromium.site(tree);
    const [page, installed] = await visit(chromium.context, address);
    expect(installed).toBe('installed');
    expect(truth.map(({ status }) => status)).toEqual([200, 200, 200, 404, 200, 400]);
    expect(await answers(page)).toEqual(truth);
    expect(host.requests.filter((path) => path.startsWith('api/'))).toEqual([]);
    // However many ask at once, one tree is opened.
    expect(host.requests.filter((path) => path === 'catalogue.json')).toHaveLength(1);
  });

  it('is answered on a second visit without a network, and told what was not visited', async () => {
    const { address, host } = await chromium.site(tree, WITH_SHELL);
    const [page] = await visit(chromium.context, address);
    expect(await answers(page)).toEqual(truth);
    await kept(page, WITH_SHELL.shell);
    await page.close();
    await host.stop();
    const [again, installed] = await visit(chromium.context, address);
    expect(installed).toBe('installed');
    // One by one, in another order, and from what is kept alone.
    for (const [i, question] of [...QUESTIONS.entries()].reverse()) {
      await stopWorkers(again);
      expect(await answers(again, [question])).toEqual([{ ...truth[i], offline: 'HostFault' }]);
    }
    const unvisited = await ask(again, UNVISITED);
    expect(unvisited.status).toBe(502);
    expect(unvisited.body).toMatchObject({ code: 502, reason: 'HostFault', retryable: true });
  });

  it('is told that the device is offline', async () => {
    const { address } = await chromium.site(tree, WITH_SHELL);
    const [page] = await visit(chromium.context, address);
    expect(await answers(page)).toEqual(truth);
    await kept(page, WITH_SHELL.shell);
    await chromium.context.setOffline(true);
    const [again] = await visit(chromium.context, address);
    const [first] = await answers(again);
    expect(first).toEqual({ ...truth[0], offline: first?.offline });
    expect(['Offline', 'HostFault']).toContain(first?.offline);
    expect((await ask(again, UNVISITED)).status).toBe(502);
  });

  it('has an error, not an empty answer, where no tree can be read; and an answer when it can', async () => {
    const site = await chromium.site(new Map());
    const [page] = await visit(chromium.context, site.address);
    const seen = await ask(page, PARCELLES);
    expect(seen.status).toBe(502);
    expect(seen.body).toMatchObject({ reason: 'NotFound' });
    site.publish(tree);
    expect(await answers(page)).toEqual(truth);
  });

  it('is left alone in all else', async () => {
    const { address, files, host } = await chromium.site(tree);
    files.set('api/other', new TextEncoder().encode('a route of the site'));
    files.set('api/', new TextEncoder().encode('a page'));
    const [page] = await visit(chromium.context, address);
    expect((await ask(page, '/api/other')).body).toBe('a route of the site');
    expect((await ask(page, '/api/')).body).toBe('a page');
    expect((await ask(page, '/api/gpu/document', { method: 'PUT' })).status).toBe(404);
    expect(host.requests).toContain('api/gpu/document');
    expect((await ask(page, '/api/gpu/nothing')).body).toContain('Cannot GET /api/gpu/nothing');
  });

  it('may lead to a route by a link', async () => {
    const { address } = await chromium.site(tree);
    const [page] = await visit(chromium.context, address);
    await page.goto(`${address}api/codes-postaux/communes/21700`);
    expect(JSON.parse(await page.innerText('body'))).toEqual(truth[2]?.body);
  });

  it('is answered for former codes, offline too, by the table that it gives', async () => {
    const { address, files, host } = await chromium.site(tree, { ...WITH_SHELL, aliases: 'aliases.json' });
    const former = PARCELLES.replace('21231', '21999');
    const [page] = await visit(chromium.context, address);
    expect(await ask(page, former)).toMatchObject({ status: 502, body: { reason: 'NotFound' } });
    files.set('aliases.json', new TextEncoder().encode('{"21999":["21231"]}'));
    expect((await answers(page, [[former]]))[0]?.body).toEqual(truth[0]?.body);
    await kept(page, [...WITH_SHELL.shell, 'aliases.json']);
    await host.stop();
    await stopWorkers(page);
    expect((await answers(page, [[former]]))[0]?.body).toEqual(truth[0]?.body);
  });

  it('is answered in two tabs, however often the worker is stopped', async () => {
    const { address } = await chromium.site(tree);
    const tabs = await Promise.all([1, 2].map(() => visit(chromium.context, address)));
    expect(tabs.map(([, installed]) => installed)).toEqual(['installed', 'installed']);
    const [[one], [two]] = tabs as [(typeof tabs)[0], (typeof tabs)[0]];
    expect(await Promise.all([answers(one), answers(two)])).toEqual([truth, truth]);
    for (const page of [one, two, one]) {
      await stopWorkers(page);
      expect(await answers(page)).toEqual(truth);
    }
    // Stopped while it answers: it may fail, and recovers.
    const interrupted = answers(two);
    await stopWorkers(one);
    await interrupted;
    expect(await answers(one)).toEqual(truth);
  });

  it('is answered rightly from blocks that have been damaged, which heal', async () => {
    const { address, host } = await chromium.site(tree);
    const [page] = await visit(chromium.context, address);
    expect(await answers(page)).toEqual(truth);
    const blocks = blocksIn(await kept(page));
    await page.evaluate(`(async () => {
      const [name] = (await caches.keys()).filter((name) => !name.endsWith(' shell'));
      const cache = await caches.open(name);
      for (const url of ${JSON.stringify(blocks)}) {
        const bytes = new Uint8Array(await (await cache.match(url)).arrayBuffer());
        await cache.put(url, new Response(bytes.map((byte) => byte ^ 1)));
      }
    })()`);
    await stopWorkers(page);
    expect(await answers(page)).toEqual(truth);
    await kept(page);
    await stopWorkers(page);
    const before = host.requests.length;
    expect(await answers(page)).toEqual(truth);
    expect(host.requests.slice(before)).toEqual(['catalogue.json']);
  });
});

describe.skipIf(executable === undefined)('requests to IGN', () => {
  const IGN = 'https://apicarto.ign.fr/api';
  const POSTED: Question = [`${IGN}/cadastre/parcelle`, { ...JSON_BODY, body: `{"geom":${POINT}}` }];
  const ASKED: Readonly<Record<string, Question>> = {
    covered: [`${IGN}/gpu/zone-urba?geom=${POINT}`],
    posted: POSTED,
    code: [`${IGN}/codes-postaux/communes/21700`],
    elsewhere: [`${IGN}/gpu/zone-urba?geom={"type":"Point","coordinates":[0,45]}`],
    unknownCode: [`${IGN}/codes-postaux/communes/33000`],
    otherModule: [`${IGN}/nature/natura-habitat`],
  };
  const NONE = Object.fromEntries(Object.keys(ASKED).map((name) => [name, 'IGN']));

  /** Who answers each: the tree, with a status, or the network, which stands for IGN. */
  async function whoAnswers(interceptIgn: InstallOptions['interceptIgn']): Promise<Record<string, string>> {
    const { address } = await chromium.site(tree, { interceptIgn });
    // As IGN's own host: it lets any page ask, and send JSON.
    const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
    await chromium.context.route(`${IGN}/**`, (route) => route.fulfill({ body: '"IGN"', headers }));
    const [page] = await visit(chromium.context, address);
    const who = ({ body, status }: Seen): string => (body === '"IGN"' ? 'IGN' : `${status}`);
    const names = Object.entries(ASKED).map(async ([name, question]): Promise<[string, string]> => {
      return [name, who(await ask(page, ...question))];
    });
    return Object.fromEntries(await Promise.all(names));
  }

  it('go there unless the page asks otherwise', async () => {
    expect(await whoAnswers(undefined)).toEqual(NONE);
  });

  it('are answered as far as the tree is known to cover them', async () => {
    expect(await whoAnswers(true)).toEqual({ ...NONE, covered: '200', posted: '200', code: '200' });
  });

  it('are all answered where the page wants that, but for other modules', async () => {
    const ours = { covered: '200', posted: '200', code: '200', elsewhere: '200', unknownCode: '501' };
    expect(await whoAnswers('always')).toEqual({ ...NONE, ...ours });
  });

  it('are answered without IGN as requests to the own origin are', async () => {
    const { address } = await chromium.site(tree, { interceptIgn: true });
    const [page] = await visit(chromium.context, address);
    expect(withoutTime(await ask(page, ...(ASKED['covered'] as Question)))).toEqual(truth[1]);
    // As axios and jQuery ask.
    const text = await page.evaluate(`new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.onloadend = () => resolve(request.responseText);
      request.open('GET', '${IGN}/codes-postaux/communes/21700');
      request.send();
    })`);
    expect(JSON.parse(String(text))).toEqual(truth[2]?.body);
  });
});
