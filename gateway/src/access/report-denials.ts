import { CALLER_ADDRESS_HEADER, type Logger, REQUEST_ID_HEADER } from '@affluent/service';
import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';

import type { GatewayContext } from '../context.ts';

export interface DenialReporterOptions {
  readonly usersUrl: string;
  readonly log: Logger;
}

/** @param kind - of the operation, for the audit log. */
export type ReportDenials = (
  errors: readonly GraphQLFormattedError[],
  kind: string,
  context: GatewayContext,
) => void;

export interface DenialReporter {
  readonly plugin: ApolloServerPlugin<GatewayContext>;
  readonly reportDenials: ReportDenials;
}

const DENIALS: ReadonlySet<unknown> = new Set(['FORBIDDEN', 'UNAUTHORIZED_FIELD_OR_TYPE']);
const TIMEOUT_MILLISECONDS = 5_000;

/**
 * Reports denied access to the audit log of the users subgraph, in the background and with the caller's token. This service logs
 * it too, in case the report fails.
 */
export function createDenialReporter({ usersUrl, log }: DenialReporterOptions): DenialReporter {
  const report = async (subject: string, { identity, requestId, address }: GatewayContext) => {
    log.warn({ userId: identity?.userId, address, subject }, 'access denied');
    if (!identity) return;
    const response = await fetch(`${usersUrl}/audit/denied`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${identity.token}`,
        'content-type': 'application/json',
        [REQUEST_ID_HEADER]: requestId,
        ...(address && { [CALLER_ADDRESS_HEADER]: address }),
      },
      body: JSON.stringify({ subject }),
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    if (!response.ok && response.status !== 429)
      log.error({ status: response.status }, 'denied access not recorded');
  };
  const reportDenials: ReportDenials = (errors, kind, context) => {
    const denied = errors.filter(isDenial);
    if (denied.length === 0) return;
    const subject = `${kind} ${denied.map(placeOf).join(', ')}`;
    report(subject.slice(0, 200), context).catch((error: unknown) => {
      log.error({ err: error }, 'denied access not recorded');
    });
  };
  const plugin: ApolloServerPlugin<GatewayContext> = {
    async requestDidStart() {
      return {
        async willSendResponse({ response: { body }, operation, contextValue }) {
          if (body.kind !== 'single') return;
          const { errors = [] } = body.singleResult;
          reportDenials(errors, operation?.operation ?? 'operation', contextValue);
        },
      };
    },
  };
  return { plugin, reportDenials };
}

const isDenial = ({ extensions }: GraphQLFormattedError): boolean => DENIALS.has(extensions?.code);

const placeOf = ({ path }: GraphQLFormattedError): string => path?.join('.') ?? '';
