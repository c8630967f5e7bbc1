import { type ProcessInfo, processTree, type Sandbox } from '@affluent/sandbox';

import { type Figures, megabytes } from './report.ts';

/** Memory of each service, in MB. PostgreSQL's many processes count as one sum, though they share some of it. */
export function memoryFigures({ pid }: Sandbox, field: 'peakRss' | 'rss'): Figures {
  const suffix = field === 'rss' ? 'rss_mb' : 'peak_rss_mb';
  const services = Map.groupBy(processTree(pid), ({ name }: ProcessInfo) => name);
  return Object.fromEntries(
    [...services].map(([name, processes]) => [
      `${name}_${suffix}`,
      megabytes(processes.reduce((sum, process) => sum + process[field], 0)),
    ]),
  );
}
