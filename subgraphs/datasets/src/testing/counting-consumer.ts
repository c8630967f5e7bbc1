import { createLog } from '@affluent/service';
import { createNotificationHub } from '@affluent/subgraph';

import { type Change, CHANGES_CHANNEL } from '../changes/change.ts';
import { consumeChanges } from '../changes/consume-changes.ts';
import { connect, runIn } from '../database.ts';

interface CountingOptions {
  readonly databaseUrl: string;
  readonly name: string;
  /** Runs after a batch was handled, before its transaction commits. */
  readonly beforeCommit?: (changes: readonly Change[]) => void | Promise<void>;
}

/** A consumer that writes a row to the table `handled` for every change. */
export async function startCountingConsumer({ databaseUrl, name, beforeCommit }: CountingOptions) {
  const log = createLog({ service: name, level: 'silent' });
  await using started = new AsyncDisposableStack();
  const orm = started.adopt(await connect(databaseUrl), (connected) => connected.close(true));
  const notifications = started.use(
    await createNotificationHub({ databaseUrl, channels: [CHANGES_CHANNEL], log }),
  );
  started.use(
    consumeChanges({
      em: orm.em,
      notifications,
      log,
      name,
      async handle(em, changes) {
        for (const { datasetId, sequence } of changes) {
          await runIn(em)('INSERT INTO handled VALUES ($1, $2, $3, $4)', [
            name,
            datasetId,
            sequence,
            process.pid,
          ]);
        }
        await beforeCommit?.(changes);
      },
    }),
  );
  return started.move();
}
