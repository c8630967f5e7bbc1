import 'reflect-metadata';
import { buildUsersSchema } from './schema.ts';

process.stdout.write((await buildUsersSchema()).sdl);
