/** The responses of the API, with the statuses, content types and bodies of API Carto. */
import type { FieldFaults } from './validate/chain.ts';

export const COVERAGE = 'x-carto-coverage';
export const VINTAGE = 'x-carto-vintage';

/** Whoever may read the answers may read where they come from. */
const SHARED = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': `${COVERAGE}, ${VINTAGE}`,
};

export function respond(
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(body, { status, headers: { 'content-type': type, ...SHARED, ...headers } });
}

export function respondJson(
  value: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return respond(status, 'application/json; charset=utf-8', JSON.stringify(value), headers);
}

/** Wrong parameters, or a sentence where upstream has one. */
export function refuse(message: FieldFaults | string, status = 400): Response {
  return respondJson({ code: status, message }, status);
}

/** As clients of postal codes know it: no JSON. */
export function respondNotFound(): Response {
  return respond(404, 'text/plain; charset=utf-8', 'Not Found');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A page, as upstream answers what it does not take for a question. */
export function respondPage(status: number, message: string): Response {
  const escaped = message.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
  const page = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Error</title>
</head>
<body>
<pre>${escaped}</pre>
</body>
</html>
`;
  const safety = { 'content-security-policy': "default-src 'none'", 'x-content-type-options': 'nosniff' };
  return respond(status, 'text/html; charset=utf-8', page, safety);
}

/** For routes that do not exist, and methods that they do not have. */
export function respondNoRoute(method: string, pathname: string): Response {
  const encoded = pathname.replace(/%(?![0-9a-f]{2})/gi, '%25');
  return respondPage(404, `Cannot ${method} ${encoded}`);
}

/** Lets pages that send credentials read the answer, as upstream does; none are used here. */
export function shareWith(origin: string | null, response: Response): Response {
  if (origin === null) return response;
  response.headers.set('access-control-allow-origin', origin);
  response.headers.set('access-control-allow-credentials', 'true');
  response.headers.append('vary', 'Origin');
  return response;
}

/** What `HEAD` answers: how long the body would be, and not the body. */
export async function withoutBody(response: Response): Promise<Response> {
  const { byteLength } = await response.arrayBuffer();
  const head = new Response(null, response);
  head.headers.set('content-length', String(byteLength));
  return head;
}

/** What a browser asks before it sends JSON to another origin. */
export function respondToPreflight(requested: string | null): Response {
  const headers = {
    ...SHARED,
    'access-control-allow-methods': 'GET,HEAD,POST',
    vary: 'Access-Control-Request-Headers',
  };
  return new Response(null, {
    status: 204,
    headers: requested === null ? headers : { ...headers, 'access-control-allow-headers': requested },
  });
}
