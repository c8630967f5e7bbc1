export type { Client, GraphError, UploadFile } from './client.ts';
export { signIn, signUp } from './sign-in.ts';
