export {
  accessDenial,
  type AccessRule,
  type AccessRules,
  meetsRule,
  readAccessRules,
} from './access-rules.ts';
export { healthRoutes } from './health.ts';
export {
  createTokenVerifier,
  graphResourceOf,
  type Identity,
  InvalidTokenError,
  issuerOf,
  type VerifyToken,
} from './identity.ts';
export {
  createLog,
  currentRequestId,
  type Logger,
  REQUEST_ID_HEADER,
  REQUEST_TIMEOUT_HEADER,
  requestLog,
  withRequestId,
} from './log.ts';
export { isOpenToAnyone } from './open-fields.ts';
export { isRequestError, requestErrorCode, requestErrors } from './request-errors.ts';
export { runService } from './run.ts';
export { ACCOUNT_SCOPE, SCHEMA_SCOPE, type Scope, SCOPES } from './scopes.ts';
export {
  databaseUrl,
  httpUrl,
  key256,
  logLevel,
  port,
  readSettings,
  SettingsError,
} from './settings.ts';
