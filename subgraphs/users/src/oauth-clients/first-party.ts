/**
 * The web client, which acts without a consent page. `affluent-cli` asks for consent each time, because any program on a
 * person's machine can present itself as that client (RFC 8252, 8.6).
 */
export const WEB_CLIENT = 'affluent-web';
export const CLI_CLIENT = 'affluent-cli';

const FIRST_PARTY: ReadonlySet<string> = new Set([WEB_CLIENT, CLI_CLIENT]);

/** Whether a client is one of ours: its grants end with the session that they were given in. */
export const isFirstParty = (clientId: string): boolean => FIRST_PARTY.has(clientId);
