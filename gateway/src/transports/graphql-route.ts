import { onlyMethods } from '@affluent/service';
import express, { type RequestHandler, Router } from 'express';

import { readMultipartRequest } from '../uploads/read-multipart-request.ts';
import { compress } from './http/compress.ts';
import { type OperationHandlerOptions, operationHandler } from './http/operation-handler.ts';
import { type HttpStreamOptions, operationsAsStreams } from './stream/http-stream.ts';

/** `/graphql` over HTTP: queries and mutations through Apollo Server, subscriptions as streams. */
export const graphqlRoute = (options: OperationHandlerOptions & HttpStreamOptions): Router =>
  Router().use(
    compress(),
    readToTheEnd,
    onlyMethods('GET', 'POST'),
    express.json({ limit: '20mb' }),
    multipart,
    operationsAsStreams(options),
    operationHandler(options),
  );

/** Reads and drops the rest of a body: some clients look for the answer only once they have sent all of it. */
const readToTheEnd: RequestHandler = (req, res, next) => {
  res.once('finish', () => {
    req.unpipe();
    req.resume();
  });
  next();
};

/** Makes a multipart request's operation the body, while its files are still arriving. */
const multipart: RequestHandler = async (req, res, next) => {
  if (req.is('multipart/form-data')) req.body = await readMultipartRequest(req, res);
  next();
};
