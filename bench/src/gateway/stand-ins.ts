import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import {
  execute,
  getNamedType,
  getNullableType,
  type GraphQLFieldResolver,
  isCompositeType,
  isEnumType,
  isListType,
  parse,
} from 'graphql';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/**
 * The subgraphs of `bench gateway`: each answers any operation of the product's own schema with values made up from field
 * names, and remembers its answers as bytes, so that what is measured is the gateway before it. The users' one also signs
 * an access token and shows the key for it. Says where they listen, and the token.
 */
const SUBGRAPHS = ['users', 'datasets', 'insights'] as const;
const LIST_LENGTH = 3;
const ROOT = new URL('../../../', import.meta.url);

const publicUrl = process.argv[2] ?? '';
const { publicKey, privateKey } = await generateKeyPair('ES256');
const jwks = {
  keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'ES256', use: 'sig' }],
};

/** What stands in the parent's value, else made up: as long a list as `first` says, a scalar of its field's name. */
const answerField: GraphQLFieldResolver<Record<string, unknown>, unknown> = (
  parent,
  { first, id = 'id' },
  _context,
  { fieldName, returnType, parentType },
) => {
  if (parent && fieldName in parent) return parent[fieldName];
  const type = getNamedType(returnType);
  const place = typeof parent?.id === 'string' ? parent.id : `${parentType.name}-0`;
  const number = Number(/\d+$/.exec(place)?.[0]);
  const one = (index: number): unknown => {
    if (isCompositeType(type))
      return { __typename: type.name, id: `${type.name}-${number + index}`, length: first };
    if (isEnumType(type)) return type.getValues()[0]?.value;
    switch (type.name) {
      case 'ID':
        return parent ? place : id;
      case 'Int':
      case 'Float':
      case 'BigInt':
        return 12_345;
      case 'Boolean':
        return false;
      case 'DateTime':
        return '2026-01-01T00:00:00.000Z';
      case 'JSONObject':
        return {
          time: '2026-01-01T00:00:00.000Z',
          temperature: 21.5 + index,
          station: `station-${index % 20}`,
        };
      default:
        return `${fieldName} of ${place}`;
    }
  };
  if (!isListType(getNullableType(returnType))) return one(0);
  const length = typeof parent?.length === 'number' ? parent.length : LIST_LENGTH;
  return Array.from({ length }, (_, index) => one(index));
};

async function serve(name: string): Promise<RequestListener> {
  const typeDefs = parse(await readFile(new URL(`subgraphs/${name}/schema.graphql`, ROOT), 'utf8'));
  const resolvers: GraphQLResolverMap = {};
  const schema = buildSubgraphSchema([{ typeDefs, resolvers }]);
  const answers = new Map<string, Buffer>();
  const answer = async (body: string): Promise<Buffer> => {
    const { query, variables } = JSON.parse(body) as { query: string; variables?: object };
    const result = await execute({
      schema,
      document: parse(query),
      variableValues: { ...variables },
      fieldResolver: answerField,
    });
    if (result.errors) throw new AggregateError(result.errors);
    return Buffer.from(JSON.stringify(result));
  };
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void (async () => {
        response.setHeader('content-type', 'application/json');
        if (request.url === '/oidc/jwks') return response.end(JSON.stringify(jwks));
        if (request.method !== 'POST') return response.end('{}');
        const body = Buffer.concat(chunks).toString();
        const known = answers.get(body) ?? (await answer(body));
        answers.set(body, known);
        return response.end(known);
      })();
    });
  };
}

const urls = await Promise.all(
  SUBGRAPHS.map(async (name) => {
    const server = createServer({ keepAliveTimeout: 60_000 }, await serve(name));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }),
);
const token = await new SignJWT({
  client_id: 'affluent-cli',
  scope: 'profile datasets:read insights:read',
})
  .setProtectedHeader({ alg: 'ES256', kid: 'bench', typ: 'at+jwt' })
  .setIssuer(`${publicUrl}/oidc`)
  .setAudience(`${publicUrl}/graphql`)
  .setSubject('bench')
  .setExpirationTime('1h')
  .sign(privateKey);
process.send?.({ urls, token });
process.once('disconnect', () => process.exit(0));
