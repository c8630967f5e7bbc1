import type { ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';

/**
 * Apollo Server tells Apollo nothing, whatever stands in APOLLO_KEY, APOLLO_GRAPH_REF or APOLLO_SCHEMA_REPORTING: neither
 * operations nor the schema, no timings in answers, and no page that loads scripts from there.
 */
export const apolloTelemetryOff = (): readonly ApolloServerPlugin[] => [
  ApolloServerPluginUsageReportingDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginLandingPageDisabled(),
];
