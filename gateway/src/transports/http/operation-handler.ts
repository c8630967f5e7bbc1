import { randomUUID } from 'node:crypto';

import { currentRequestId, inOperationSpan, whenClientLeaves } from '@affluent/service';
import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import type { Request, RequestHandler, Response } from 'express';

import type { IdentifyCaller } from '../../access/caller.ts';
import { identificationFailure } from '../../access/identification-failure.ts';
import type { ClientAddress } from '../../client-address.ts';
import type { CostCaller } from '../../cost/admission.ts';
import type { AdmittedOperation } from '../../operations/admit-operation.ts';
import type { Operations } from '../../operations/operations.ts';
import type { ReadOperation } from '../../operations/read-operation.ts';
import { type Refusal, refusalOf } from '../../operations/refusal.ts';
import type { OperationContext } from '../../operations/run-operation.ts';
import { assertMethod } from './assert-method.ts';
import { acceptsParts } from './defer-plugin.ts';
import { createFreshness } from './freshness.ts';
import { operationParamsOf } from './operation-params.ts';

export interface OperationHandlerOptions {
  readonly apollo: ApolloServer<OperationContext>;
  readonly operations: Operations;
  readonly identify: IdentifyCaller;
  readonly addressOf: ClientAddress;
  /** How long an operation may take in all. */
  readonly timeoutMilliseconds: number;
}

interface Exchange {
  readonly req: Request;
  readonly res: Response;
}

/** Queries and mutations over HTTP: read and admitted here, run and answered by Apollo Server. The body must have been parsed. */
export function operationHandler(options: OperationHandlerOptions): RequestHandler {
  const { apollo, operations, identify, addressOf, timeoutMilliseconds } = options;

  const context = async ({ req, res }: Exchange): Promise<OperationContext> => {
    const signal = whenClientLeaves(res);
    const { identity, forget } = await identify(req, { isUse: true }).catch((error: unknown) => {
      throw identificationFailure(error) ?? error;
    });
    const address = addressOf(req);
    return {
      operation: admit(operations, req, { identity, address }),
      identity,
      forget,
      requestId: currentRequestId() ?? randomUUID(),
      address,
      signal,
      // The sender decides how long files take; each fetch beside them has its own time.
      deadline: req.is('multipart/form-data') ? undefined : Date.now() + timeoutMilliseconds,
      freshness: createFreshness(),
      deferral: acceptsParts(req) ? {} : undefined,
      fetchTimes: new Map<string, number>(),
    };
  };
  const handler = expressMiddleware(apollo, { context });
  return (req, res, next) => inOperationSpan(async () => handler(req, res, next));
}

/** The operation of a request, or why it is refused: Apollo Server writes both kinds of answer. */
function admit(
  operations: Operations,
  req: Request,
  caller: CostCaller,
): AdmittedOperation | Refusal {
  let operation: ReadOperation | undefined;
  try {
    operation = operations.read(operationParamsOf(req, req.body), caller);
    assertMethod(req, operation);
    return operations.admit(operation, caller);
  } catch (error) {
    const refusal = refusalOf(error, operation);
    if (!refusal) throw error;
    return refusal;
  }
}
