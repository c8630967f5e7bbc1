import { createRateLimit } from '@affluent/subgraph';
import Provider, { type Adapter, type AdapterPayload, errors } from 'oidc-provider';

import { networkOf } from '../attempts/network-of.ts';

const QUARTER_SECONDS = 900;

interface RowLimit {
  readonly max: number;
  readonly seconds: number;
  /** Who the row counts for. */
  readonly keyOf: (payload: AdapterPayload) => string;
  /** Whether storing this creates a row rather than updating one. */
  readonly isNew?: (payload: AdapterPayload) => boolean;
}

const byNetwork = (): string => networkOf(Provider.ctx?.ip ?? '');

/** How many rows of the identity provider one network or one grant can create within a period. docs/limits.md lists them. */
export const ROW_LIMITS = {
  AuthorizationCode: { max: 600, seconds: QUARTER_SECONDS, keyOf: byNetwork },
  DeviceCode: {
    max: 60,
    seconds: QUARTER_SECONDS,
    keyOf: byNetwork,
    isNew: ({ accountId, error }) => !accountId && !error,
  },
  Interaction: {
    max: 600,
    seconds: QUARTER_SECONDS,
    keyOf: byNetwork,
    isNew: ({ result, lastSubmission }) => !result && !lastSubmission,
  },
  PushedAuthorizationRequest: { max: 600, seconds: QUARTER_SECONDS, keyOf: byNetwork },
  RefreshToken: {
    max: 120,
    seconds: QUARTER_SECONDS,
    keyOf: ({ grantId }) => grantId ?? '',
    isNew: ({ consumed }) => !consumed,
  },
} as const satisfies Readonly<Record<string, RowLimit>>;

const isLimited = (model: string): model is keyof typeof ROW_LIMITS => model in ROW_LIMITS;

class TooManyRowsError extends errors.OIDCProviderError {
  override readonly allow_redirect = false;
  override readonly error_description = 'too many requests; try again in 15 minutes';

  constructor() {
    super(429, 'temporarily_unavailable');
  }
}

/** Limits how many rows callers without an account, and faulty programs, can create. */
export function createRowLimits(): (model: string, payloads: Adapter) => Adapter {
  const limits = new Map(
    Object.entries(ROW_LIMITS).map(([model, limit]) => [model, createRateLimit(limit)]),
  );
  return (model, payloads) => {
    const admit = limits.get(model);
    if (!admit || !isLimited(model)) return payloads;
    const { keyOf, isNew = () => true }: RowLimit = ROW_LIMITS[model];
    return {
      ...payloads,
      async upsert(id, payload, expiresIn) {
        if (isNew(payload) && !(await admit(keyOf(payload)))) throw new TooManyRowsError();
        await payloads.upsert(id, payload, expiresIn);
      },
    };
  };
}
