import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

import { isoCBOR } from '@simplewebauthn/server/helpers';

/** What an honest browser and device would have said in another way. */
export interface Lie {
  /** In the client data, which is JSON that the browser writes: `type`, `challenge`, `origin` … */
  readonly client?: Readonly<Record<string, unknown>>;
  readonly rpId?: string;
  readonly isPresent?: boolean;
  readonly isVerified?: boolean;
  readonly counter?: number;
  /** Whose passkey it is; null for a device that does not tell. */
  readonly userHandle?: string | null;
}

interface CreationOptions {
  readonly challenge: string;
  readonly user: { readonly id: string };
}

const FLAGS = { present: 0x01, verified: 0x04, attested: 0x40 } as const;

const digest = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();
const base64url = (data: string | Buffer): string => Buffer.from(data).toString('base64url');

/** Sixteen bits, as WebAuthn writes a length. */
function length16(data: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(data.length);
  return length;
}

/** A device with one passkey for the site at `origin`, and the browser that it is used with. */
export function createAuthenticator(
  origin: string,
  { credentialId = randomBytes(16) }: { readonly credentialId?: Buffer } = {},
) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const cosePublicKey = new Map<number, number | Uint8Array>([
    [1, 2], // elliptic curve
    [3, -7], // ES256
    [-1, 1], // P-256
    [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
    [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
  ]);
  const id = base64url(credentialId);
  let owner: string | null = null;

  const clientData = (type: string, challenge: string, lie: Lie): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false, ...lie.client }));
  const authenticatorData = (lie: Lie, attested?: Buffer): Buffer => {
    const { rpId = new URL(origin).hostname, isPresent = true, isVerified = true } = lie;
    const flags =
      (isPresent ? FLAGS.present : 0) |
      (isVerified ? FLAGS.verified : 0) |
      (attested ? FLAGS.attested : 0);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(lie.counter ?? 0);
    return Buffer.concat([digest(rpId), Buffer.from([flags]), counter, attested ?? Buffer.of()]);
  };

  return {
    id,
    /** @returns `RegistrationResponseJSON` of WebAuthn. */
    register({ challenge, user }: CreationOptions, lie: Lie = {}) {
      owner = Buffer.from(user.id, 'base64url').toString();
      const attested = Buffer.concat([
        Buffer.alloc(16),
        length16(credentialId),
        credentialId,
        isoCBOR.encode(cosePublicKey),
      ]);
      const authData = new Uint8Array(authenticatorData(lie, attested));
      const attestation = new Map<string, string | Uint8Array | Map<never, never>>([
        ['fmt', 'none'],
        ['attStmt', new Map<never, never>()],
        ['authData', authData],
      ]);
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(clientData('webauthn.create', challenge, lie)),
          attestationObject: base64url(Buffer.from(isoCBOR.encode(attestation))),
          transports: ['internal'],
        },
      };
    },
    /** @returns `AuthenticationResponseJSON` of WebAuthn. */
    assert(challenge: string, lie: Lie = {}) {
      const client = clientData('webauthn.get', challenge, lie);
      const { userHandle = owner } = lie;
      const authData = authenticatorData(lie);
      const signature = sign('sha256', Buffer.concat([authData, digest(client)]), privateKey);
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(authData),
          signature: base64url(signature),
          ...(userHandle !== null && { userHandle: base64url(userHandle) }),
        },
      };
    },
  };
}
