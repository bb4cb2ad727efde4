// A real OpenID Connect server whose tokens are wrong in the way that the client's id says.
// Usage: node oidc-server.mjs PATH_TO_oauth2-mock-server. It prints its issuer, takes a new key at each
// line it reads, and ends when nobody is left to write one.
import { createHmac } from 'node:crypto';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const { OAuth2Server } = await import(pathToFileURL(process.argv[2]).href);
const server = new OAuth2Server();
await server.issuer.keys.generate('RS256');
await server.start(0, '127.0.0.1');

const client = (request) => {
  const basic = (request.headers.authorization ?? '').replace('Basic ', '');
  return Buffer.from(basic, 'base64').toString().split(':').map(decodeURIComponent);
};
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

const tokens = {
  'wrong-nonce': (payload) => { payload.nonce = 'another'; },
  'no-nonce': (payload) => { delete payload.nonce; },
  'wrong-audience': (payload) => { payload.aud = 'somebody-else'; },
  'second-audience': (payload) => { payload.aud = ['second-audience', 'somebody-else']; },
  'wrong-issuer': (payload) => { payload.iss = 'https://another.example'; },
  'expired': (payload) => { payload.exp = Math.floor(Date.now() / 1000) - 1; },
};
server.service.on('beforeTokenSigning', ({ payload }, request) => {
  const [id] = client(request);
  Object.assign(payload, { name: '测试者', is_administrator: true });
  tokens[id]?.(payload);
});

const answers = {
  'refused': (answer) => { answer.statusCode = 400; answer.body = { error: 'invalid_grant' }; },
  'declined': (answer) => { answer.statusCode = 400; answer.body = { error: 'access_denied' }; },
  'unknown-client': (answer) => { answer.statusCode = 401; answer.body = { error: 'invalid_client' }; },
  'out-of-order': (answer) => { answer.statusCode = 503; },
  'no-token': (answer) => { delete answer.body.id_token; },
  'garbage': (answer) => { answer.body = ['garbage']; },
  'huge': (answer) => { answer.body.more = 'a'.repeat(300000); },
  'wrong-signature': (answer) => {
    const [header, payload, signature] = answer.body.id_token.split('.');
    const first = signature[0] === 'A' ? 'B' : 'A';
    answer.body.id_token = [header, payload, first + signature.slice(1)].join('.');
  },
  'other-payload': (answer) => {
    const [header, payload, signature] = answer.body.id_token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    answer.body.id_token = [header, part({ ...claims, sub: 'janedoe' }), signature].join('.');
  },
  'unsigned': (answer) => {
    const [, payload] = answer.body.id_token.split('.');
    answer.body.id_token = [part({ alg: 'none', typ: 'JWT' }), payload, ''].join('.');
  },
  'shared-secret': (answer, secret) => {
    const [, payload] = answer.body.id_token.split('.');
    const signed = [part({ alg: 'HS256', typ: 'JWT' }), payload].join('.');
    const mac = createHmac('sha256', secret).update(signed).digest('base64url');
    answer.body.id_token = [signed, mac].join('.');
  },
};
server.service.on('beforeResponse', (answer, request) => {
  const [id, secret] = client(request);
  if (secret !== 'hush') {
    answer.statusCode = 401;
    answer.body = { error: 'invalid_client' };
  }
  answers[id]?.(answer, secret);
});

console.log(server.issuer.url);
const lines = createInterface({ input: process.stdin });
lines.on('line', async () => {
  await server.issuer.keys.generate('RS256');
  console.log('a new key');
});
lines.on('close', () => process.exit());
