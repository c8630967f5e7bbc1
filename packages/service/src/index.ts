export {
  accessDenial,
  type AccessRule,
  type AccessRules,
  meetsRule,
  readAccessRules,
} from './access-rules.ts';
export { CLIENT_GONE, ClientGoneError, whenClientLeaves } from './client-gone.ts';
export {
  CALLER_ADDRESS_HEADER,
  callerAddressOf,
  currentCallerAddress,
  withCallerAddress,
} from './caller-address.ts';
export { healthRoutes } from './health.ts';
export { createHttpServer } from './http-server.ts';
export {
  createTokenVerifier,
  graphResourceOf,
  type Identity,
  InvalidTokenError,
  isService,
  issuerOf,
  type ServiceIdentity,
  type VerifyToken,
} from './identity.ts';
export {
  createLog,
  currentRequestId,
  inRequestOf,
  type Logger,
  REQUEST_ID_HEADER,
  REQUEST_TIMEOUT_HEADER,
  START_CURSOR,
  requestLog,
  withRequestId,
} from './log.ts';
export { isOpenToAnyone } from './open-fields.ts';
export {
  isRequestError,
  multipartErrors,
  notFound,
  onlyMethods,
  requestErrorCode,
  requestErrors,
} from './request-errors.ts';
export { runService } from './run.ts';
export {
  ACCOUNT_SCOPE,
  SCHEMA_SCOPE,
  type Scope,
  SCOPES,
  SERVICE_SCOPE,
  WORKSPACE_SCOPES,
} from './scopes.ts';
export {
  clientSecret,
  databaseUrl,
  httpUrl,
  key256,
  logLevel,
  metricsToken,
  port,
  readSettings,
  SettingsError,
} from './settings.ts';
export { apolloTelemetryOff } from './telemetry/apollo-telemetry-off.ts';
export { Counter, DURATION_BUCKETS, Gauge, Histogram, OTHER } from './telemetry/metrics.ts';
export {
  countErrors,
  inOperationSpan,
  observeOperations,
  type ResolvedOperation,
} from './telemetry/observe-operations.ts';
export { observeRequests } from './telemetry/observe-requests.ts';
export {
  inSpan,
  inTraceOf,
  markFailed,
  recordSpan,
  type Span,
  traceHeaders,
} from './telemetry/spans.ts';
export { inEventSpan, inSubscriptionSpan } from './telemetry/subscription-spans.ts';
export { isUnavailable, UNAVAILABLE_MESSAGE, UnavailableError } from './unavailable.ts';
export { logWebSocketErrors } from './web-socket-errors.ts';
