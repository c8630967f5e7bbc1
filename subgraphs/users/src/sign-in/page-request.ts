import { callerAddressOf } from '@affluent/service';
import express, { type Request, type Response } from 'express';

import { PAGE_HEADERS } from './pages.ts';
import { type Words, wordsFor } from './words.ts';

/** Reads what a page's form sends. */
export const form = express.urlencoded({ extended: false, limit: '10kb' });

export const sendPage = (res: Response, status: number, body: string): void => {
  res.status(status).set(PAGE_HEADERS).send(body);
};

export const wordsOf = (req: Request): Words => wordsFor(req.get('accept-language'));

/** Network address of the client, as the gateway determined it. */
export const addressOf = (req: Request): string => callerAddressOf(req);
