import { accessDenial, type Identity, meetsRule, SCHEMA_SCOPE } from '@affluent/service';
import { HeaderMap } from '@apollo/server';
import { type DocumentNode, GraphQLError } from 'graphql';

import type { CostControl } from './cost-control.ts';
import { SHAPE_LIMITS } from './limits.ts';
import { createDocumentReader } from './read-document.ts';
import { type Balance, createTokenBuckets, type TokenBuckets } from './token-bucket.ts';
import { assertVariables } from './variables.ts';

/** Callers without an identity share one bucket for each network address. */
export interface CostCaller {
  readonly identity: Pick<Identity, 'userId' | 'clientId' | 'scopes'> | undefined;
  readonly address?: string | undefined;
}

interface AdmissionOptions {
  /** What one operation may cost. */
  readonly costMax: number;
  /** What the operations of a user with one client may cost in a minute. */
  readonly costPerMinute: number;
  /** Whether every caller may introspect. */
  readonly isDevelopment: boolean;
  /** Default: in the memory of this process. */
  readonly buckets?: TokenBuckets;
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

/** Decides, before any work is done for an operation, whether its caller may have that work done. */
export interface Admission {
  /**
   * The first step: parses a document, if it is small enough to be validated and its caller has something left.
   *
   * @throws {GraphQLError} RATE_LIMITED, GRAPHQL_PARSE_FAILED, OPERATION_TOO_COMPLEX, GRAPHQL_VALIDATION_FAILED.
   */
  readonly read: (text: string, caller: CostCaller) => DocumentNode;
  /** Charges for a document that validation refused: that was work too. */
  readonly refused: (caller: CostCaller) => void;
  /**
   * The second step, after validation and before planning: takes the operation's cost from what its caller has left. A
   * subscription is charged once, at its start.
   *
   * @throws {GraphQLError} COST_TOO_HIGH, RATE_LIMITED, OPERATION_TOO_COMPLEX, UNAUTHORIZED_FIELD_OR_TYPE for introspection,
   *   BAD_USER_INPUT for text that cannot be stored.
   */
  readonly admit: (costs: CostControl, request: AdmissionRequest, caller: CostCaller) => Admitted;
  /** Whether the caller may see the schema: by introspection, or by suggestions in errors. */
  readonly maySeeSchema: (caller: Pick<CostCaller, 'identity'>) => boolean;
}

/** A caller has nothing left after so many: refusing a document may take ten milliseconds and more. */
const REFUSALS_PER_MINUTE = 1_000;

export function createAdmission({
  costMax,
  costPerMinute,
  isDevelopment,
  buckets = createTokenBuckets(costPerMinute),
}: AdmissionOptions): Admission {
  const readDocument = createDocumentReader(SHAPE_LIMITS);

  /** The header fields of draft-ietf-httpapi-ratelimit-headers-10. */
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
    isDevelopment || meetsRule(SCHEMA_RULE, identity);

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
          `The operation may cost ${cost}; the limit is ${costMax}. Request shorter lists.`,
          { extensions: { code: 'COST_TOO_HIGH', http: { status: 400 } } },
        );
      }
      const balance = buckets.take(keyOf(caller), cost);
      assertEnough(balance);
      return { cost, headers: headersOf(balance) };
    },
  };
}

const SCHEMA_RULE = [[[SCHEMA_SCOPE]]];

function introspectionDenial(caller: CostCaller['identity']): GraphQLError {
  const { message, extensions } = accessDenial('Query.__schema', SCHEMA_RULE, caller);
  return new GraphQLError(message, {
    path: ['__schema'],
    extensions: { ...extensions, http: { status: caller ? 403 : 401 } },
  });
}

const keyOf = ({ identity, address }: CostCaller): string =>
  identity ? `${identity.userId} ${identity.clientId}` : `at ${address ?? 'unknown'}`;
