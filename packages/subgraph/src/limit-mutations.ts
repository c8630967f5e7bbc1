import { defaultFieldResolver, type GraphQLSchema } from 'graphql';

import type { SubgraphContext } from './context.ts';
import { DomainError } from './errors.ts';
import { createRateLimit } from './rate-limit.ts';

export interface MutationLimit {
  /** How many mutations a person may make in an hour, all of the subgraph together. */
  readonly perHour: number;
  /** Names of those that have limits of their own. */
  readonly except?: readonly string[];
}

const HOUR_SECONDS = 3600;

/** Bounds what one person can have written: each mutation leaves rows behind, in the audit log at least. */
export function limitMutations(
  schema: GraphQLSchema,
  { perHour, except = [] }: MutationLimit,
): void {
  const admit = createRateLimit({ max: perHour, seconds: HOUR_SECONDS });
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    if (except.includes(field.name)) continue;
    const { resolve = defaultFieldResolver } = field;
    field.resolve = async (source, args, context: SubgraphContext, info): Promise<unknown> => {
      const { identity } = context;
      if (identity && !(await admit(identity.userId)))
        throw new DomainError(
          'RATE_LIMITED',
          `You have changed enough for now: ${perHour} times in an hour. Try again later.`,
        );
      return resolve(source, args, context, info);
    };
  }
}
