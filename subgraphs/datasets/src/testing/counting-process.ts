import 'reflect-metadata';
import { startCountingConsumer } from './counting-consumer.ts';

// A consumer in a process of its own. It is killed before it commits change `sequence` of a dataset.
const [databaseUrl = '', name = '', datasetId, sequence] = process.argv.slice(2);
await startCountingConsumer({
  databaseUrl,
  name,
  beforeCommit(changes) {
    const isFatal = changes.some(
      (change) => change.datasetId === datasetId && change.sequence === Number(sequence),
    );
    if (isFatal) process.kill(process.pid, 'SIGKILL');
  },
});
process.send?.('ready');
