import type { ApolloServer } from '@apollo/server';
import type { FormattedExecutionResult } from 'graphql';

import type { GatewayContext } from '../context.ts';
import type { Admission, CostCaller } from '../cost/admission.ts';
import type { Documents } from '../documents/documents.ts';
import type { Graph } from '../graph/graph.ts';
import { type AdmittedOperation, admitOperation } from './admit-operation.ts';
import {
  createOperationReader,
  type ReadOperation,
  type ReadOperationOf,
} from './read-operation.ts';
import { type OperationContext, runOperation } from './run-operation.ts';

/** The one way of an operation, whichever transport received it: read, admit, run. Each step takes what the last one gave. */
export interface Operations {
  /** See {@link createOperationReader}. Reading twice is harmless. */
  readonly read: ReadOperationOf;
  /** See {@link admitOperation}. Takes the operation's cost each time: to be called once. */
  readonly admit: (operation: ReadOperation, caller: CostCaller) => AdmittedOperation;
  /** Runs a query or mutation. Subscriptions run in `subscriptions/`. */
  readonly run: (
    operation: AdmittedOperation,
    context: GatewayContext,
  ) => Promise<FormattedExecutionResult>;
}

interface OperationsOptions {
  readonly documents: Documents;
  readonly admission: Admission;
  readonly graph: () => Graph;
  readonly apollo: ApolloServer<OperationContext>;
}

export const createOperations = ({
  documents,
  admission,
  graph,
  apollo,
}: OperationsOptions): Operations => ({
  read: createOperationReader({ documents, admission, graph }),
  admit: (operation, caller) => admitOperation(admission, operation, caller),
  run: (operation, context) => runOperation(apollo, operation, context),
});
