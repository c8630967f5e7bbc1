import type { Identity } from '@affluent/service';
import { type DocumentNode, GraphQLError, print } from 'graphql';

import type { AccessControl } from '../access/access-control.ts';
import type { SubscriptionPlan, SubscriptionPlanner } from '../graph/subscription-planner.ts';

interface CallerPlanOptions {
  readonly planner: SubscriptionPlanner;
  readonly access: AccessControl;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly identity: Identity | undefined;
}

/**
 * Plans the part of a subscription that the caller may have. Denied fields are null in each event, with an error; the plan fails
 * once the caller's rights have changed.
 *
 * @throws {GraphQLError} when the root field is denied, or no plan can be made.
 */
export function planForCaller(options: CallerPlanOptions): SubscriptionPlan {
  const { planner, access, operationName, variables, identity } = options;
  const restricted = access.restrict(options.document, operationName, identity);
  if (restricted?.rootDenial) throw restricted.rootDenial;
  const document = restricted?.document ?? options.document;
  const plan = planner.plan({ document, source: print(document), operationName, variables });
  return {
    primary: plan.primary,
    complete: async (event, context) => {
      if (access.restrict(options.document, operationName, context.identity) !== restricted) {
        throw new GraphQLError('Your rights have changed. Subscribe again.', {
          extensions: { code: context.identity ? 'FORBIDDEN' : 'UNAUTHENTICATED' },
        });
      }
      const result = await plan.complete(event, context);
      return restricted ? restricted.complete(result, variables) : result;
    },
  };
}
