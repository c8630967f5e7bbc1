export { createBrowser } from './testing/browser.ts';
export { signIn, signUp } from './testing/sign-in.ts';
