const METHODS = [
  'GET',
  'POST',
  'HEAD',
  'OPTIONS',
  'PUT',
  'DELETE',
  'PATCH',
  'CONNECT',
  'TRACE',
  'QUERY',
  'get',
  '\0',
];

/** Each is the kind of target that some parser throws for: URL, decodeURIComponent, path and query readers. */
const TARGETS = [
  '/',
  '//',
  '///',
  '*',
  'http://[',
  'http://[::1',
  'http://a:b@:99999/',
  'http://%/graphql',
  '//[',
  '/\\\\[/',
  '/%',
  '/%zz',
  '/%ff%fe',
  '/%E0%A4%A',
  '/%00',
  '/..%2f..%2fetc/passwd',
  '/.//..//',
  '/graphql',
  '/graphql/',
  '/graphql//[',
  '/graphql?query=%',
  '/graphql?query=%7B__typename%7D',
  '/graphql?query={viewer{id}}&variables=%5B',
  '/graphql?query={viewer{id}}&extensions={',
  '/graphql?query={viewer{id}}&variables=null&operationName=%00',
  '/graphql?extensions={"persistedQuery":{"version":1,"sha256Hash":7}}',
  '/graphql?documentId=sha256:%F0',
  '/assets/%',
  '/assets/..%5c..%5cx',
  '/session',
  '/session/sign-in?return_to=%',
  '/session/sign-in?return_to=http://[',
  '/session/sign-in?return_to[]=a&return_to[]=b&prompt[x]=1',
  '/session/callback?code=%&state=%ff',
  '/session/sign-out',
  '/oidc',
  '/oidc/%',
  '/oidc/auth?client_id=%&redirect_uri=http://[',
  '/oidc/auth?client_id=affluent-cli&response_type=code&scope=openid&redirect_uri=http://127.0.0.1/callback&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&state=%00',
  '/oidc/auth?client_id=affluent-cli&response_type=code&scope=openid&redirect_uri=http://127.0.0.1/callback&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&state=%ED%A0%80&ui_locales=%00',
  '/oidc/auth?client_id=%00&response_type=code',
  '/oidc/auth/%00',
  '/oidc/request',
  '/oidc/device/auth',
  '/oidc/interaction/%00',
  '/oidc/interaction/x/sign-up',
  '/oidc/interaction/x/confirm?token=%00',
  '/oidc/interaction/x/with/%00',
  '/oidc/reset-password?token=%00',
  '/oidc/verify-email?token=%00',
  '/oidc/connect/%00',
  '/oidc/token',
  '/oidc/interaction/%E0%A4%A',
  '/oidc/interaction/x/login?__proto__[a]=1',
  '/oidc/callback/%/x',
  '/oidc/session/end?id_token_hint=%',
  '/oidc/device?user_code=%',
  '/oidc/.well-known/openid-configuration?%',
  '/.well-known/openid-configuration/oidc?%',
  '/healthz?%',
  '/readyz',
  '/metrics',
  '/metrics/%',
  '/datasets/%E0%A4%A',
  '/audit/denied',
];

const HEADERS: Readonly<Record<string, readonly string[]>> = {
  host: ['localhost', '', '[', 'a b', 'localhost:99999', '%', 'evil.example:x'],
  connection: ['Upgrade', 'keep-alive, Upgrade', 'close', ',', 'transfer-encoding'],
  upgrade: ['websocket', 'WebSocket', 'h2c', '', 'websocket, x'],
  'sec-websocket-key': ['dGhlIHNhbXBsZSBub25jZQ==', '', 'x', '=='],
  'sec-websocket-version': ['13', '8', '0', '-1', 'x'],
  'sec-websocket-protocol': ['graphql-transport-ws', 'graphql-ws', ',', 'a,a', ' '],
  'sec-websocket-extensions': [
    'permessage-deflate',
    'permessage-deflate; client_max_window_bits=99',
    ';',
    'a;a="',
  ],
  authorization: [
    'Bearer',
    'Bearer x',
    'Bearer a.b.c',
    'Bearer eyJhbGciOiJub25lIn0.e30.',
    'DPoP x',
    'Basic %',
    'Basic OjpbXQ==',
    'Bearer aff_pat_x',
    '\u0080',
  ],
  dpop: ['x', 'a.b.c', 'e30.e30.e30', '{}'],
  cookie: [
    'a',
    '=',
    ';;;',
    'affluent_session=%',
    'affluent_session=a.b.c.d.e',
    'affluent_session=eyJ9....',
    '__Host-affluent_session=%E0%A4%A',
    'affluent_sign_in=e30.....',
    '_session=x; _session.sig=%',
    '_interaction="\\',
  ],
  origin: ['null', 'http://[', 'http://evil.example'],
  'sec-fetch-site': ['same-origin', 'cross-site', 'x'],
  referer: ['http://[', '%'],
  accept: [
    'text/event-stream',
    'multipart/mixed;subscriptionSpec=1.0',
    'application/json',
    '*/*;q=x',
    ';;',
    'text/html',
  ],
  'accept-language': ['fr', '*', ';q=', 'x-'.repeat(200), 'fr;q=2,%'],
  'accept-encoding': ['br', 'gzip;q=x', ','],
  'content-type': [
    'application/json',
    'application/json; charset=x',
    'application/json; charset=utf-16',
    'application/json;;',
    'application/graphql-response+json',
    'application/x-www-form-urlencoded',
    'application/x-www-form-urlencoded; charset=%',
    'multipart/form-data',
    'multipart/form-data; boundary=x',
    'multipart/form-data; boundary="',
    'multipart/form-data; boundary=' + 'b'.repeat(80),
    'text/plain',
    '/',
  ],
  'content-encoding': ['gzip', 'br', 'deflate', 'identity', 'x', 'gzip, gzip'],
  'content-length': ['0', '5', '99', '-1', '1e3', '9999999999999999999'],
  'transfer-encoding': ['chunked', 'identity', 'chunked, chunked', 'x'],
  expect: ['100-continue', 'x'],
  'apollo-require-preflight': ['true'],
  'x-request-id': ['x', '\u0001', 'a'.repeat(100)],
  'x-request-timeout-ms': ['0', '-1', '1e9', 'x', '1'],
  'x-forwarded-for': ['%', '::', '1.2.3.4, x', ','],
  'x-forwarded-host': ['[', 'evil.example'],
  'x-forwarded-proto': ['https', 'x'],
  traceparent: ['00-0-0-0', '%', '00-' + 'f'.repeat(32) + '-' + 'f'.repeat(16) + '-01'],
  tracestate: ['a=b,=,', ','],
  baggage: ['%=%', 'a=b;c=%'],
  'if-none-match': ['"', '*'],
  range: ['bytes=-', 'bytes=5-1', 'x'],
};

const BODIES = [
  '',
  '{',
  '[]',
  'null',
  '"x"',
  '{"query":null}',
  '{"query":7}',
  '{"query":"{viewer{id}}","variables":[]}',
  '{"query":"{viewer{id}}","variables":"{"}',
  '{"query":"{viewer{id}}","operationName":{}}',
  '{"query":"{viewer{id}}","extensions":7}',
  '{"query":"{viewer{id}}","extensions":{"persistedQuery":{"version":"1","sha256Hash":null}}}',
  '{"query":"query($a:Boolean!){viewer@skip(if:$a){id}}","variables":{"a":null}}',
  '{"query":"{__schema{types{name}}}"}',
  '{"query":"subscription{importProgressed(importId:1){id}}"}',
  '{"query":"{viewer{id}}\\u0000"}',
  '{"query":"{viewer{id}} \\ud800"}',
  '{"__proto__":{"query":"{viewer{id}}"}}',
  '[{"query":"{viewer{id}}"},{"query":"{viewer{id}}"}]',
  `{"query":"${'{a'.repeat(5000)}"}`,
  'grant_type=password&username=%&password=%ff',
  'grant_type=authorization_code&code=%00&client_id=%E0%A4%A',
  'grant_type=refresh_token&refresh_token=%00&client_id=affluent-cli',
  'grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=%00&client_id=affluent-cli',
  'client_id=affluent-cli&scope=%00',
  'client_id=affluent-cli&scope=openid&resource=%00',
  'client_id=%00&scope=openid',
  'email=%00&password=%00&displayName=%00&token=%00',
  'email=a%00@b.example&password=long-enough-for-anything',
  '--x\r\n\r\n--x--\r\n',
  '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{"query":"{viewer{id}}"}\r\n--x--\r\n',
  '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{"query":"x","variables":{"a":null}}\r\n--x\r\ncontent-disposition: form-data; name="map"\r\n\r\n{"0":["variables.a.b.__proto__"]}\r\n--x--\r\n',
  '--x\r\ncontent-disposition: form-data; name="operations"; filename*=utf-8\'\'%\r\n\r\n{\r\n--x',
  '5\r\nabc',
  '0\r\n\r\n',
];

const MESSAGES = [
  '',
  '{',
  '[]',
  'null',
  '{"type":"connection_init"}',
  '{"type":"connection_init","payload":7}',
  '{"type":"connection_init","payload":{"authorization":7}}',
  '{"type":"connection_init","payload":{"authorization":"Bearer x"}}',
  '{"type":"subscribe","id":"1","payload":{"query":"{viewer{id}}"}}',
  '{"type":"subscribe","id":"1","payload":{"query":"\\ud800"}}',
  '{"type":"ping","payload":"x"}',
  '{"type":"complete"}',
];

/** A reproducible source of numbers (mulberry32): a failure names the seed that brings it back. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Makes requests that are mostly well formed up to one or two places, so that they get past the first parser. */
export function createAttempts(seed: number): () => Buffer {
  const random = createRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const oneOf = <T>(values: readonly T[]): T => values[below(values.length)] as T;
  const sometimes = (probability: number): boolean => random() < probability;
  const junk = (length: number): string =>
    Array.from({ length }, () => String.fromCharCode(below(256))).join('');

  const headers = (isUpgrade: boolean, body: string): readonly string[] => {
    const lines = new Map<string, string>();
    if (!sometimes(0.05)) lines.set('host', 'localhost');
    if (isUpgrade) {
      lines.set('connection', 'Upgrade').set('upgrade', 'websocket');
      lines.set('sec-websocket-version', '13').set('sec-websocket-key', 'dGhlIHNhbXBsZSBub25jZQ==');
      lines.set('sec-websocket-protocol', 'graphql-transport-ws');
    } else {
      lines.set('content-type', oneOf(HEADERS['content-type'] ?? []));
      lines.set('content-length', String(Buffer.byteLength(body, 'latin1')));
      if (sometimes(0.3)) lines.set('apollo-require-preflight', 'true');
    }
    for (let count = below(4); count > 0; count--) {
      const name = oneOf(Object.keys(HEADERS));
      lines.set(name, sometimes(0.1) ? junk(below(40)) : oneOf(HEADERS[name] ?? []));
    }
    const all = [...lines].map(([name, value]) => `${name}: ${value}`);
    if (sometimes(0.03)) all.push(junk(below(60)));
    if (sometimes(0.02)) all.push(`x-long: ${'a'.repeat(20_000)}`);
    return all;
  };

  return () => {
    const isUpgrade = sometimes(0.3);
    const method = sometimes(0.1) ? oneOf(METHODS) : isUpgrade || sometimes(0.5) ? 'GET' : 'POST';
    const base = oneOf(TARGETS);
    const target = sometimes(0.1) ? base + encodeURI(junk(below(20))) : base;
    const body = isUpgrade ? '' : sometimes(0.05) ? junk(below(300)) : oneOf(BODIES);
    const lines = [`${method} ${target} HTTP/1.1`, ...headers(isUpgrade, body), '', body];
    const text = lines.join('\r\n');
    const bytes = Buffer.from(sometimes(0.02) ? text.slice(0, below(text.length)) : text, 'latin1');
    // They follow at once: a server that switches protocols reads them as WebSocket frames.
    const frames = Array.from({ length: isUpgrade ? 1 + below(3) : 0 }, () =>
      sometimes(0.3)
        ? Buffer.from(junk(below(30)), 'latin1')
        : frame(oneOf(MESSAGES), below(16), sometimes(0.1)),
    );
    return Buffer.concat([bytes, ...frames]);
  };
}

/** A masked WebSocket frame (RFC 6455, 5.2); most opcodes are wrong, and some lengths are lies. */
function frame(text: string, opcode: number, isLying: boolean): Buffer {
  const payload = Buffer.from(text);
  const length = isLying
    ? Buffer.from([0xff, 0x7f, ...Array<number>(7).fill(0xff)])
    : lengthOf(payload.length);
  // A mask of zeros leaves the payload as it is.
  return Buffer.concat([
    Buffer.from([0x80 | (opcode > 10 ? 1 : opcode)]),
    length,
    Buffer.alloc(4),
    payload,
  ]);
}

const lengthOf = (length: number): Buffer =>
  length < 126 ? Buffer.from([0x80 | length]) : Buffer.from([0xfe, length >> 8, length & 0xff]);
