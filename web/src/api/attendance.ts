import { ApolloLink } from '@apollo/client';

/** An answer may lead to more requests; so much later nobody waits for them any more. */
const ATTENDED_MILLISECONDS = 10_000;
/** The gateway does not count a request with it as use of the session, so that a page left open does not keep it alive. */
const UNATTENDED_HEADER = 'x-affluent-unattended';

/**
 * Marks what the page asks for by itself: after a broken connection, or because rows were appended. Opening the page, pointer
 * and keys show that a person is there.
 */
export function createAttendanceLink(page: EventTarget): ApolloLink {
  let attendedAt = Date.now();
  const attend = (): void => {
    attendedAt = Date.now();
  };
  for (const event of ['pointerdown', 'keydown'])
    page.addEventListener(event, attend, { capture: true, passive: true });
  return new ApolloLink((operation, forward) => {
    const isAttended = Date.now() - attendedAt < ATTENDED_MILLISECONDS;
    if (!isAttended) operation.setContext({ headers: { [UNATTENDED_HEADER]: '1' } });
    return forward(operation);
  });
}
