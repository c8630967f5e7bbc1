import { createHash } from 'node:crypto';

import type { FetchLogo } from './fetch-logo.ts';

interface LogoCopy {
  readonly logo: Buffer | null;
  readonly logoDigest: string | null;
}

/** What is kept of the logo at an address. @throws {DomainError} BAD_USER_INPUT when no copy can be taken. */
export async function copyLogo(fetchLogo: FetchLogo, logoUri: string | null): Promise<LogoCopy> {
  if (logoUri === null) return { logo: null, logoDigest: null };
  const content = await fetchLogo(logoUri);
  const logoDigest = createHash('sha256').update(content).digest('base64url');
  return { logo: Buffer.from(content), logoDigest };
}
