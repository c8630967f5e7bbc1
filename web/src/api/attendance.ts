import { ApolloLink } from '@apollo/client';

/** Requests within this time after input count as caused by it. */
const ATTENDED_MILLISECONDS = 10_000;
/** The gateway does not count such a request as use of the session, so that an open page does not keep it alive. */
const UNATTENDED_HEADER = 'x-affluent-unattended';

/**
 * Marks requests that no person caused, such as those after a reconnect or an append. Opening the page, pointer and key events
 * show that a person is present.
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
