import { hkdfSync } from 'node:crypto';

import type { CookieOptions, Request, Response } from 'express';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';

/** Browsers in which people have signed in before: there, guesses from elsewhere do not make the owner of an account wait. */
export interface KnownDevices {
  /** Id of this browser if this person has signed in with it before. It does not authenticate. */
  readonly find: (req: Request, userId: string | undefined) => Promise<string | undefined>;
  readonly remember: (req: Request, res: Response, userId: string) => Promise<void>;
}

interface DeviceOptions {
  readonly publicUrl: string;
  readonly encryptionKey: Uint8Array;
}

const COOKIE = 'affluent_device';
const LIFE_SECONDS = 180 * 24 * 3600;
/** Users remembered per browser; the most recent ones. */
const MAX_USERS = 5;
const claims = z.object({ device: z.uuid(), users: z.array(z.uuid()).max(MAX_USERS) });

/** Keeps them in an encrypted cookie, which needs no storage and cannot be forged. */
export function createKnownDevices({ publicUrl, encryptionKey }: DeviceOptions): KnownDevices {
  const key = new Uint8Array(hkdfSync('sha256', encryptionKey, '', 'known devices', 32));
  const secure = publicUrl.startsWith('https:');
  // A cookie of one path cannot be a __Host- cookie.
  const name = secure ? `__Secure-${COOKIE}` : COOKIE;
  const options: CookieOptions = {
    path: '/oidc',
    httpOnly: true,
    secure,
    sameSite: 'lax',
    maxAge: LIFE_SECONDS * 1000,
  };
  const read = async (req: Request) => {
    const sealed = new RegExp(`(?:^|;\\s*)${name}=([\\w.-]+)`).exec(req.get('cookie') ?? '');
    if (!sealed) return undefined;
    try {
      const { payload } = await jwtDecrypt(sealed[1] ?? '', key);
      return claims.parse(payload);
    } catch {
      return undefined;
    }
  };
  return {
    async find(req, userId) {
      if (userId === undefined) return undefined;
      const known = await read(req);
      return known?.users.includes(userId) ? known.device : undefined;
    },
    async remember(req, res, userId) {
      const { device = crypto.randomUUID(), users = [] } = (await read(req)) ?? {};
      const present = [userId, ...users.filter((id) => id !== userId)].slice(0, MAX_USERS);
      const sealed = await new EncryptJWT({ device, users: present })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime(`${LIFE_SECONDS}s`)
        .encrypt(key);
      res.cookie(name, sealed, options);
    },
  };
}
