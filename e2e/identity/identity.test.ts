import { afterAll, beforeAll, describe } from 'vitest';

import { clientTests } from './clients.ts';
import { codeTests } from './codes.ts';
import { deviceTests } from './devices.ts';
import { discoveryTests } from './discovery.ts';
import { forgeryTests } from './forgeries.ts';
import { type Product, startProduct } from './product.ts';
import { proofTests } from './proofs.ts';
import { redirectTests } from './redirects.ts';
import { refreshTests } from './refresh.ts';
import { requestTests } from './requests.ts';
import { signOutTests } from './sign-out.ts';

// One product for all: each test uses what it makes itself.
let started: Product;
beforeAll(async () => {
  started = await startProduct();
});
afterAll(async () => {
  await started?.[Symbol.asyncDispose]();
});
const product = (): Product => started;

describe('discovery', () => {
  discoveryTests(product);
});
describe('authorization requests', () => {
  requestTests(product);
});
describe('redirect addresses', () => {
  redirectTests(product);
});
describe('codes', () => {
  codeTests(product);
});
describe('refresh tokens', () => {
  refreshTests(product);
});
describe('clients', () => {
  clientTests(product);
});
describe('devices', () => {
  deviceTests(product);
});
describe('forged tokens', () => {
  forgeryTests(product);
});
describe('signing out', () => {
  signOutTests(product);
});
describe('proofs of possession', () => {
  proofTests(product);
});
