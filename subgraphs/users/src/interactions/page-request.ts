import { callerAddressOf } from '@affluent/service';
import express, { type Request, type Response } from 'express';

import { pageHeaders } from '../pages/page-headers.ts';

/** Parses the body of a page's form. */
export const form = express.urlencoded({ extended: false, limit: '10kb' });

export const sendPage = (res: Response, status: number, body: string): void => {
  res.status(status).set(pageHeaders()).send(body);
};

/** Network address of the client, as the gateway determined it. */
export const addressOf = (req: Request): string => callerAddressOf(req);
