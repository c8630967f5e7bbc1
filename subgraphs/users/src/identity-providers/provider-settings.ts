import { z } from 'zod';

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);

/** Whether the provider is on this machine, where plain http cannot be intercepted. */
export const isLocalIssuer = (issuer: string): boolean =>
  URL.parse(issuer)?.protocol === 'http:' && isLoopback(new URL(issuer).hostname);

const providerSettings = z.strictObject({
  /** Part of URLs and database rows: never change it. */
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be 1 to 40 of a-z, 0-9 and -'),
  /** Label of the button. */
  name: z.string().regex(/^\P{Cc}{1,40}$/u, 'must have 1 to 40 characters'),
  issuer: z
    .url({ protocol: /^https?$/, error: 'must be an https URL' })
    .refine((url) => url.startsWith('https:') || isLocalIssuer(url), 'must be an https URL'),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  scope: z.string().default('openid email profile'),
});

export type ProviderSettings = Readonly<z.output<typeof providerSettings>>;

/** A setting: outside identity providers as a JSON array. Errors do not repeat the value, which contains secrets. */
export const identityProviders = () =>
  z
    .string()
    .default('[]')
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.issues.push({ code: 'custom', message: 'must be JSON', input: undefined });
        return z.NEVER;
      }
    })
    .pipe(
      z
        .array(providerSettings)
        .refine(
          (list) => new Set(list.map(({ id }) => id)).size === list.length,
          'must have an id of its own for each provider',
        ),
    );
