import { type ExecutionArgs, getOperationAST } from 'graphql';

import { inSpan, shownName, type Span } from './spans.ts';

/** Does what it takes to open a subscription in a span, which ends when it is open. */
export const inSubscriptionSpan = <T>(
  { document, operationName }: Pick<ExecutionArgs, 'document' | 'operationName'>,
  work: (span: Span) => Promise<T>,
): Promise<T> => {
  const name = shownName(getOperationAST(document, operationName)?.name?.value);
  const attributes = {
    'graphql.operation.type': 'subscription',
    ...(name && { 'graphql.operation.name': name }),
  };
  return inSpan(name ? `subscription ${name}` : 'subscription', { attributes }, work);
};

/**
 * Does what there is to do for an event. It is a trace of its own, linked to where the subscription was opened: nobody wants
 * to look at a trace of hours.
 */
export const inEventSpan = <T>(subscription: Span, work: () => Promise<T>): Promise<T> =>
  inSpan('subscription event', { follows: subscription }, work);
