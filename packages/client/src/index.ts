export { createBrowser } from './browser.ts';
export type { Client } from './client.ts';
export { GraphError } from './graph-error.ts';
export type { UploadFile } from './multipart.ts';
export { signIn, signUp } from './sign-in.ts';
