import 'reflect-metadata';
import { buildInsightsSchema } from './schema.ts';

process.stdout.write((await buildInsightsSchema()).sdl);
