import 'reflect-metadata';
import { runService } from '@affluent/service';

import { readConfig } from './config.ts';
import { startServer } from './server.ts';

const config = readConfig();
await runService({
  service: 'datasets',
  level: config.LOG_LEVEL,
  start: (log) => startServer(config, log),
});
