import 'reflect-metadata';
import { buildDatasetsSchema } from './schema.ts';

process.stdout.write((await buildDatasetsSchema()).sdl);
