import type { Identity } from '@affluent/service';
import { HeaderMap } from '@apollo/server';
import { type DocumentNode, GraphQLError } from 'graphql';

import type { CostControl } from './cost-control.ts';
import { introspectionDenial, mayReadSchema } from './introspection.ts';
import { SHAPE_LIMITS } from './limits.ts';
import { createDocumentReader } from './read-document.ts';
import { type Balance, createTokenBuckets } from './token-bucket.ts';
import { assertVariables } from './variables.ts';

/** Who asks. Callers without an identity share what there is for their network address. */
export interface CostCaller {
  readonly identity: Pick<Identity, 'userId' | 'clientId' | 'scopes'> | undefined;
  readonly address?: string | undefined;
}

interface AdmissionOptions {
  /** The most that one operation may cost. */
  readonly costMax: number;
  /** What a user may have done in a minute with one client. */
  readonly costPerMinute: number;
  /** While developing, everybody who is signed in may ask what the schema is. */
  readonly isDevelopment: boolean;
}

interface AdmissionRequest {
  /** Validated. */
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
}

interface Admitted {
  readonly cost: number;
  /** `ratelimit` and `ratelimit-policy`, for the answer. */
  readonly headers: HeaderMap;
}

/** What every way into the graph asks before it does anything for a caller. */
export interface Admission {
  /**
   * First: parses a document, if it is small enough to be validated and the caller has something left.
   *
   * @throws {GraphQLError} RATE_LIMITED, GRAPHQL_PARSE_FAILED, OPERATION_TOO_COMPLEX, GRAPHQL_VALIDATION_FAILED.
   */
  readonly read: (text: string, caller: CostCaller) => DocumentNode;
  /** When validation refuses a document: that was work too. */
  readonly refused: (caller: CostCaller) => void;
  /**
   * When it is validated, before it is planned: takes its cost from what the caller has left. A subscription is paid for
   * at its start.
   *
   * @throws {GraphQLError} COST_TOO_HIGH, RATE_LIMITED, OPERATION_TOO_COMPLEX, UNAUTHORIZED_FIELD_OR_TYPE for introspection,
   *   BAD_USER_INPUT for text that cannot be stored.
   */
  readonly admit: (costs: CostControl, request: AdmissionRequest, caller: CostCaller) => Admitted;
  /** Whether the caller may be told what the schema is: by introspection, or by suggestions in errors. */
  readonly maySeeSchema: (caller: Pick<CostCaller, 'identity'>) => boolean;
}

/** Until a caller has nothing left: to find out that a document is not valid may take ten milliseconds and more. */
const REFUSALS_PER_MINUTE = 1_000;

export function createAdmission({
  costMax,
  costPerMinute,
  isDevelopment,
}: AdmissionOptions): Admission {
  const buckets = createTokenBuckets(costPerMinute);
  const readDocument = createDocumentReader(SHAPE_LIMITS);

  /** As draft-ietf-httpapi-ratelimit-headers-10 has them. */
  const headersOf = ({ remaining, secondsToFull }: Balance): HeaderMap =>
    new HeaderMap([
      ['ratelimit-policy', `"default";q=${costPerMinute};qu="cost";w=60`],
      ['ratelimit', `"default";r=${remaining};t=${secondsToFull}`],
    ]);
  const assertEnough = (balance: Balance): void => {
    if (balance.isEnough) return;
    const seconds = balance.secondsToEnough;
    const headers = headersOf(balance);
    headers.set('retry-after', String(seconds));
    throw new GraphQLError(
      `Your operations have cost more than ${costPerMinute} in a minute. Try again in ${seconds} s.`,
      { extensions: { code: 'RATE_LIMITED', http: { status: 429, headers } } },
    );
  };
  const refused: Admission['refused'] = (caller) =>
    buckets.drain(keyOf(caller), costPerMinute / REFUSALS_PER_MINUTE);
  const maySeeSchema: Admission['maySeeSchema'] = ({ identity }) =>
    isDevelopment || mayReadSchema(identity);

  const read: Admission['read'] = (text, caller) => {
    assertEnough(buckets.look(keyOf(caller), 1));
    try {
      return readDocument(text);
    } catch (error) {
      refused(caller);
      throw error;
    }
  };

  return {
    read,
    refused,
    maySeeSchema,
    admit(costs, { document, operationName, variables }, caller) {
      assertVariables(variables);
      const { cost, introspects } = costs.measure(document, operationName, variables);
      if (introspects && !maySeeSchema(caller)) throw introspectionDenial(caller.identity);
      if (cost > costMax) {
        throw new GraphQLError(
          `The operation may cost ${cost}; ${costMax} is the most that is allowed. Ask for shorter lists.`,
          { extensions: { code: 'COST_TOO_HIGH', http: { status: 400 } } },
        );
      }
      const balance = buckets.take(keyOf(caller), cost);
      assertEnough(balance);
      return { cost, headers: headersOf(balance) };
    },
  };
}

const keyOf = ({ identity, address }: CostCaller): string =>
  identity ? `${identity.userId} ${identity.clientId}` : `at ${address ?? 'unknown'}`;
