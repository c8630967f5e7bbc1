export type { Client } from './client.ts';
export { clientWithToken } from './client-with-token.ts';
export { GraphError } from './graph-error.ts';
export type { UploadFile } from './multipart.ts';
export { signInWithDevice } from './sign-in-with-device.ts';
