import type { MikroORM } from '@mikro-orm/postgresql';
import { Router } from 'express';

import { imageTypeOf } from './logos/image-type.ts';
import { OAuthClient } from './oauth-client.ts';

/** `GET /<digest>`: our copy of a logo. Whatever it holds, browsers do nothing with it but show it. */
export function logoRoutes(orm: MikroORM): Router {
  const router = Router();
  router.get('/:logoDigest', async (req, res) => {
    const { logoDigest } = req.params;
    const client = await orm.em
      .fork()
      .findOne(OAuthClient, { logoDigest }, { populate: ['logo'], fields: ['logo'] });
    const content = client?.logo;
    const type = content && imageTypeOf(content);
    if (!type) return res.status(404).type('text/plain').send('There is no such logo.');
    return res
      .set({
        'content-type': type,
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'public, max-age=31536000, immutable',
      })
      .send(Buffer.from(content));
  });
  return router;
}
