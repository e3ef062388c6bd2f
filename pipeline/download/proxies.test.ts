/** In a file of its own: undici warns once a process. */
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { proxyAgent } from './proxies.ts';

it('an agent for proxies is made without a word, and others may warn again', async () => {
  const warnings: string[] = [];
  const listen = ({ message }: Error): void => void warnings.push(message);
  process.on('warning', listen);
  await proxyAgent({ httpsProxy: 'http://127.0.0.1:1' }).close();
  process.emitWarning('another');
  await setImmediate();
  process.off('warning', listen);
  expect(warnings).toEqual(['another']);
});
