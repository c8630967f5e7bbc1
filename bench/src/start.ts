import { startSandbox } from '@affluent/sandbox';

import { memoryFigures } from './memory.ts';
import { type Figures, rounded } from './report.ts';

/**
 * Seconds from `npm start` on an empty data folder to the first answer: with everything to build (`cold_start_s`), and
 * built (`start_s`); and the memory of every process then.
 */
export async function start(): Promise<Figures> {
  let coldStart: number;
  {
    await using cold = await startSandbox({ env: { TURBO_FORCE: 'true' } });
    coldStart = cold.startMilliseconds;
  }
  await using warm = await startSandbox();
  return {
    cold_start_s: rounded(coldStart / 1000),
    start_s: rounded(warm.startMilliseconds / 1000),
    ...memoryFigures(warm, 'rss'),
  };
}
