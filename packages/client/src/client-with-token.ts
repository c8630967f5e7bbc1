import { createGraphClient, type GraphClient } from './client.ts';

interface TokenAccess {
  /** Where the product runs, for example `http://localhost:4000`. */
  readonly origin: string;
  /** A personal access token (`aff_pat_…`), or any other access token for the graph. */
  readonly token: string;
}

/** A client for a program that has a token of its own. Operations are refused with UNAUTHENTICATED once the token ends. */
export const clientWithToken = ({ origin, token }: TokenAccess): GraphClient =>
  createGraphClient(origin, { accessToken: async () => token });
