import type { ServerResponse } from 'node:http';

import { whenClientLeaves } from '@affluent/service';
import type { ApolloServerPlugin } from '@apollo/server';
import type { EntityManager } from '@mikro-orm/postgresql';
import { OperationTypeNode } from 'graphql';

import type { Cancellation, SubgraphContext } from './context.ts';

export function cancellationOf(res: ServerResponse): Cancellation {
  const work = new AbortController();
  const left = whenClientLeaves(res);
  const cancel = () => work.abort(left.reason);
  if (left.aborted) cancel();
  else left.addEventListener('abort', cancel, { once: true });
  return { signal: work.signal, ignore: () => left.removeEventListener('abort', cancel) };
}

/**
 * A mutation that has started runs to its end: a cancelled one would leave unclear what was done. If the caller disconnects
 * before it starts, it does not start.
 */
export const mutationsGoToTheirEnd: ApolloServerPlugin<SubgraphContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, contextValue: { cancellation } }) {
        if (operation?.operation !== OperationTypeNode.MUTATION) return;
        cancellation?.signal.throwIfAborted();
        cancellation?.ignore();
      },
    };
  },
};

/** Cancels statements that MikroORM does not run together with those of `em`. */
export const abortOptionsOf = (em: EntityManager): ReturnType<EntityManager['getAbortOptions']> =>
  em['getAbortOptions']();

/** The part of a Kysely connection that is used here. */
interface StatementConnection {
  executeQuery: (
    statement: { readonly sql: string },
    options?: { readonly signal?: AbortSignal },
  ) => Promise<{ readonly rows: readonly unknown[] }>;
}

/**
 * Ignores two errors. Of a cancelled statement: its caller has gone, and Kysely would print the error past the log. Of a ROLLBACK:
 * only a lost connection refuses it, and PostgreSQL has rolled back then; Kysely would never return the connection to the pool.
 */
export async function silenceCancelled(connection: unknown): Promise<void> {
  const statements = connection as StatementConnection;
  const execute = statements.executeQuery.bind(statements);
  statements.executeQuery = async (statement, options) => {
    try {
      return await execute(statement, options);
    } catch (error) {
      if (options?.signal?.aborted || statement.sql === 'rollback') return { rows: [] };
      throw error;
    }
  };
}
