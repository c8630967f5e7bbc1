import type { ApolloServerPlugin } from '@apollo/server';
import type { Request } from 'express';
import type { GraphQLFormattedError } from 'graphql';

import type { ReportDenials } from '../../access/report-denials.ts';
import type { GatewayContext, LaterParts } from '../../context.ts';
import { type FormatError, formatErrors } from '../../operations/format-errors.ts';

const IN_PARTS = 'multipart/mixed; deferSpec=20220824';
/** The forms that Apollo Server chooses from. */
const FORMS_OF_PARTS = ['multipart/mixed', 'multipart/mixed; incrementalSpec=v0.2', IN_PARTS];

/** Whether a client accepts an answer in parts, in the form of Apollo Client and Apollo Router. */
export const acceptsParts = (req: Request): boolean =>
  req.headers.accept?.includes('deferSpec') === true && req.accepts(FORMS_OF_PARTS) === IN_PARTS;

interface DeferPluginOptions {
  readonly formatError: FormatError;
  /** For later parts; the reporter's own plugin handles the first. */
  readonly reportDenials: ReportDenials;
}

/** Has Apollo Server send the deferred parts after the first one. Must follow the plugins that read answers. */
export const deferPlugin = ({
  formatError,
  reportDenials,
}: DeferPluginOptions): ApolloServerPlugin<GatewayContext> => {
  async function* formatted(later: LaterParts, kind: string, context: GatewayContext) {
    for await (const { incremental, hasNext } of later) {
      const parts = incremental.map(({ errors, ...part }) => {
        if (!errors) return part;
        const shown: readonly GraphQLFormattedError[] = formatErrors(errors, formatError);
        reportDenials(shown, kind, context);
        return { ...part, errors: shown };
      });
      yield { incremental: parts, hasNext };
    }
  }
  return {
    async requestDidStart({ contextValue }) {
      return {
        async willSendResponse({ response, operation }) {
          const later = contextValue.deferral?.later;
          if (!later || response.body.kind !== 'single') return;
          response.http.headers.set('cache-control', 'no-store');
          response.body = {
            kind: 'incremental',
            initialResult: { ...response.body.singleResult, hasNext: true },
            subsequentResults: formatted(later, operation?.operation ?? 'operation', contextValue),
          };
        },
      };
    },
  };
};
