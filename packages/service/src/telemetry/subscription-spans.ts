import { type ExecutionArgs, getOperationAST } from 'graphql';

import { inSpan, shownName, type Span } from './spans.ts';

/** Opens a subscription in a span, which ends when the subscription is open. */
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
 * Handles an event in a new trace, linked to the span that opened the subscription: one trace of all events would last for
 * hours.
 */
export const inEventSpan = <T>(subscription: Span, work: () => Promise<T>): Promise<T> =>
  inSpan('subscription event', { follows: subscription }, work);
