/**
 * Settings of products that tests start. On a busy machine an answer may take long, and a test that is not about deadlines must not
 * meet one.
 */
export const TEST_SETTINGS = { SKIP_BUILD: 'true', REQUEST_TIMEOUT_MILLISECONDS: '40000' };
