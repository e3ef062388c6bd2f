/** The proxies that the environment names, as undici wants them, which refuses what curl takes. */
import { EnvHttpProxyAgent } from 'undici';
import { PipelineError } from '../errors.ts';

export interface Proxies {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
}

/** The first of the variables that is set; an empty one means none, as for curl. */
function setting(names: readonly string[]): readonly [name: string, text: string] | null {
  const name = names.find((one) => process.env[one] !== undefined);
  const text = name === undefined ? undefined : process.env[name];
  return name === undefined || text === undefined || text === '' ? null : [name, text];
}

/** @throws PipelineError `SystemFailed` for what is no proxy's address; a password in it is not told. */
function proxyOf(names: readonly string[]): string | undefined {
  const found = setting(names);
  if (found === null) return undefined;
  const [name, text] = found;
  const address = text.includes('://') ? text : `http://${text}`;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  const [scheme = ''] = address.split('://');
  const what = `the environment's ${name} is no address of an http or https proxy, but begins with ${scheme}://`;
  throw new PipelineError('SystemFailed', `${what}; such as http://proxy.example:3128, or unset it`);
}

/** Those for http and https; nothing where the environment names none. */
export function environmentProxies(): Proxies | null {
  const httpProxy = proxyOf(['http_proxy', 'HTTP_PROXY']);
  const httpsProxy = proxyOf(['https_proxy', 'HTTPS_PROXY']);
  if (httpProxy === undefined && httpsProxy === undefined) return null;
  return {
    ...(httpProxy === undefined ? {} : { httpProxy }),
    ...(httpsProxy === undefined ? {} : { httpsProxy }),
  };
}

/** undici's agent for them, without its warning, for which cron would send a mail each time. */
export function proxyAgent(options: EnvHttpProxyAgent.Options): EnvHttpProxyAgent {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    return new EnvHttpProxyAgent(options);
  } finally {
    process.emitWarning = emitWarning;
  }
}
