/**
 * A server whose certificate nobody vouches for, and which is past its day besides. The key is
 * this test's alone: it opens nothing.
 */
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgJ++ZFt5p+YBUgoQ3
rDgG4a091AiSQzbd6VUEEogAcpehRANCAAQL0qpK9fsaZE92qEfRwVAIkh7kThZk
h3u1QGLAo3AjHUJlGDC8SskscaQBffHHeH4p15wGEuk9+Y7eokqjPKmb
-----END PRIVATE KEY-----`;
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBfDCCASOgAwIBAgIUOazenK3aU5e+nD5HUUfykKo3Ra0wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MB4XDTI2MTEyMjE0NTUzNloXDTI2MTEyMzE0
NTUzNlowFDESMBAGA1UEAwwJbG9jYWxob3N0MFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAEC9KqSvX7GmRPdqhH0cFQCJIe5E4WZId7tUBiwKNwIx1CZRgwvErJLHGk
AX3xx3h+KdecBhLpPfmO3qJKozypm6NTMFEwHQYDVR0OBBYEFKxB9R7IAz0ncfXU
61+JZsQHtUY/MB8GA1UdIwQYMBaAFKxB9R7IAz0ncfXU61+JZsQHtUY/MA8GA1Ud
EwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgShmImzKu24IUyC+IRL4XE43h
5qHDt6yi9AhjF9+ibaoCIGo09pHk16DWbMJEE7DDqED5QTZgB4S6hmMmERCuvzpw
-----END CERTIFICATE-----`;

export interface Untrusted {
  readonly origin: string;
  /** Connections that were tried. */
  readonly connections: () => number;
  readonly requests: () => number;
  readonly stop: () => Promise<void>;
}

export async function startUntrusted(): Promise<Untrusted> {
  let [connections, requests] = [0, 0];
  const server = createServer({ key: KEY, cert: CERTIFICATE }, (_, response) => {
    requests += 1;
    response.end('{}');
  });
  server.on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `https://127.0.0.1:${port}`,
    connections: () => connections,
    requests: () => requests,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
