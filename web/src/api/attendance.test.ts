import { ApolloClient, ApolloLink, InMemoryCache, Observable } from '@apollo/client';
import { parse } from 'graphql';
import { expect, test, vi } from 'vitest';

import { createAttendanceLink } from './attendance.ts';

test('marks requests of a page without recent input', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const page = new EventTarget();
  const headers: unknown[] = [];
  const transport = new ApolloLink((operation) => {
    headers.push(operation.getContext().headers);
    return new Observable((observer) => {
      observer.next({ data: { n: 1 } });
      observer.complete();
    });
  });
  const link = createAttendanceLink(page).concat(transport);
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  const ask = () =>
    client.query({
      query: parse('{ n }'),
      fetchPolicy: 'network-only',
    });

  await ask();
  vi.advanceTimersByTime(60_000);
  await ask();
  page.dispatchEvent(new Event('keydown'));
  await ask();
  expect(headers).toEqual([undefined, { 'x-affluent-unattended': '1' }, undefined]);
  vi.useRealTimers();
});
