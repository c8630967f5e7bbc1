import { randomUUID } from 'node:crypto';

import {
  currentRequestId,
  inOperationSpan,
  onlyMethods,
  whenClientLeaves,
} from '@affluent/service';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';

import { identificationFailure } from './access/identification-failure.ts';
import type { GatewayContext } from './context.ts';
import { acceptsParts } from './defer-plugin.ts';
import { createFreshness } from './documents/freshness.ts';
import { documentRequestOf } from './documents/http-document.ts';
import { type HttpStreamOptions, subscriptionsOverHttp } from './subscriptions/http-stream.ts';
import { readMultipartRequest } from './uploads/read-multipart-request.ts';

interface GraphqlRouteOptions extends HttpStreamOptions {
  readonly timeoutMilliseconds: number;
}

interface Exchange {
  readonly req: Request;
  readonly res: Response;
}

/** `/graphql` over HTTP: queries and mutations through Apollo Server, subscriptions as streams. */
export function graphqlRoute(options: GraphqlRouteOptions): Router {
  const { apollo, documents, admission, identify, addressOf, timeoutMilliseconds } = options;

  const context = async ({ req, res }: Exchange): Promise<GatewayContext> => {
    const signal = whenClientLeaves(res);
    try {
      const { identity, forget } = await identify(req, { isUse: true });
      const address = addressOf(req);
      const source = documents.textOf(documentRequestOf(req, req.body));
      if (source !== undefined) admission.assertReadable(source, { identity, address });
      return {
        identity,
        forget,
        requestId: currentRequestId() ?? randomUUID(),
        address,
        signal,
        // How long files take, their sender decides; each fetch beside them has its own time.
        deadline: req.is('multipart/form-data') ? undefined : Date.now() + timeoutMilliseconds,
        source,
        freshness: createFreshness(),
        deferral: acceptsParts(req) ? {} : undefined,
        fetchTimes: new Map<string, number>(),
      };
    } catch (error) {
      throw identificationFailure(error) ?? error;
    }
  };
  return Router().use(
    readToTheEnd,
    onlyMethods('GET', 'POST'),
    express.json({ limit: '20mb' }),
    multipart,
    subscriptionsOverHttp(options),
    observedOperation(expressMiddleware(apollo, { context })),
  );
}

/** What nobody wanted of a body is read and dropped: some clients look for the answer only once they have sent it all. */
const readToTheEnd: RequestHandler = (req, res, next) => {
  res.once('finish', () => {
    req.unpipe();
    req.resume();
  });
  next();
};

/** Puts a multipart request's operation where that of a JSON body stands, its files still on their way. */
const multipart: RequestHandler = async (req, res, next) => {
  if (req.is('multipart/form-data')) req.body = await readMultipartRequest(req, res);
  next();
};

const observedOperation =
  (handler: RequestHandler): RequestHandler =>
  (req, res, next) =>
    inOperationSpan(async () => handler(req, res, next));
