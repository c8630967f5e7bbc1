import { createTestDatabase } from '@affluent/postgres/testing';
import { createLog, REQUEST_ID_HEADER } from '@affluent/service';
import { defineEntity, p } from '@mikro-orm/core';
import { buildSchema } from 'graphql';
import { createClient } from 'graphql-ws';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { openDatabase } from './database.ts';
import { startSubgraph } from './server.ts';
import { startUsersNeighbour } from './testing/neighbours.ts';

const PUBLIC_URL = 'http://localhost:4000';
// MikroORM starts with at least one entity.
const ThingSchema = defineEntity({ name: 'Thing', properties: { id: p.uuid().primary() } });
class Thing extends ThingSchema.class {}
ThingSchema.setClass(Thing);

test.each([
  ['while it is opened', '{ refused }'],
  ['in an event', '{ broken }'],
])(
  'an error of a subscription, %s, is logged with the id of the request that opened it',
  async (_when, fields) => {
    const lines: string[] = [];
    await using users = await startUsersNeighbour(PUBLIC_URL);
    const orm = await openDatabase({
      databaseUrl: await createTestDatabase(),
      entities: [Thing],
      migrations: [],
    });
    const schema = buildSchema(
      'type Query { nothing: Int } type Subscription { refused: Int, broken: Int }',
    );
    const { refused, broken } = schema.getSubscriptionType()!.getFields();
    refused!.subscribe = async () => {
      throw new Error('The disk is full.');
    };
    broken!.subscribe = async function* events() {
      yield {};
    };
    broken!.resolve = () => {
      throw new Error('The disk is full.');
    };
    await using server = await startSubgraph({
      log: createLog({
        service: 'test',
        level: 'error',
        destination: { write: (line) => lines.push(line) },
      }),
      host: '127.0.0.1',
      port: 0,
      publicUrl: PUBLIC_URL,
      usersUrl: users.url,
      orm,
      schema,
      readRowAccess: async () => ({}),
      extend: (context) => context,
    });
    const authorization = `Bearer ${await users.tokenFor('ada')}`;
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization },
    });
    await Promise.allSettled([
      client
        .iterate({
          query: `subscription ${fields}`,
          extensions: { [REQUEST_ID_HEADER]: 'request-of-ada' },
        })
        .next(),
    ]);
    await client.dispose();
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ msg: 'unexpected error', requestId: 'request-of-ada' }),
    ]);
  },
);
