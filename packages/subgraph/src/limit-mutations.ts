import { defaultFieldResolver, type GraphQLSchema } from 'graphql';

import type { SubgraphContext } from './context.ts';
import { DomainError } from './errors.ts';
import { type CreateRateLimit, createRateLimit } from './rate-limit.ts';

export interface MutationLimit {
  /** How many mutations of the subgraph a person may run per hour. */
  readonly perHour: number;
  /** Names of mutations that have their own limits. */
  readonly except?: readonly string[];
  /** Default: counts in the memory of this process. */
  readonly createLimit?: CreateRateLimit;
}

const HOUR_SECONDS = 3600;

/** Limits how much one person can write: each mutation adds rows, at least to the audit log. */
export function limitMutations(
  schema: GraphQLSchema,
  { perHour, except = [], createLimit = createRateLimit }: MutationLimit,
): void {
  const admit = createLimit({ max: perHour, seconds: HOUR_SECONDS });
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    if (except.includes(field.name)) continue;
    const { resolve = defaultFieldResolver } = field;
    field.resolve = async (source, args, context: SubgraphContext, info): Promise<unknown> => {
      const { identity } = context;
      if (identity && !(await admit(identity.userId)))
        throw new DomainError(
          'RATE_LIMITED',
          `Too many changes: at most ${perHour} per hour are allowed. Try again later.`,
        );
      return resolve(source, args, context, info);
    };
  }
}
