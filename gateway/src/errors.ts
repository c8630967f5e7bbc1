import type { Logger } from '@affluent/service';
import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';

/**
 * Formats errors for clients: message, location, path, code and reason from a subgraph or from GraphQL.js, and the subgraph's name.
 * An error without a code of ours is a failure of the service: it is logged and hidden.
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
