import type { Logger } from '@affluent/service';
import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';

/**
 * What clients see of an error: the message, place, code and reason that a subgraph or GraphQL itself gave it, and the name of the
 * subgraph that it comes from. Anything without a code of ours is a failure on our side: it is logged here and hidden from the client.
 */
export function createErrorFormatter(log: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { message, locations, path, extensions } = formatted;
    const place = { ...(locations && { locations }), ...(path && { path }) };
    const { code, reason, serviceName, cursor } = extensions ?? {};
    const origin = {
      ...(typeof serviceName === 'string' && { serviceName }),
      ...(typeof cursor === 'string' && { cursor }),
      ...(typeof reason === 'string' && { reason }),
    };
    if (typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR') {
      if (code === 'UNAVAILABLE')
        log.error({ err: unwrapResolverError(error), path }, 'subgraph does not answer');
      return { message, ...place, extensions: { code, ...origin } };
    }
    log.error({ err: unwrapResolverError(error), path }, 'unexpected error');
    return {
      message: 'Internal error',
      ...place,
      extensions: { code: 'INTERNAL_SERVER_ERROR', ...origin },
    };
  };
}
