import { setTimeout } from 'node:timers/promises';

import { context, diag, DiagLogLevel, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import { z } from 'zod';

import { httpUrl, readSettings } from '../settings.ts';

/** How long a stopping process waits for the collector to accept its last spans. */
const SHUTDOWN_MILLISECONDS = 2_000;

/**
 * Sends this process's spans to an OpenTelemetry collector, as OTLP over HTTP in JSON, when the standard settings name one. A
 * request with a sampling decision keeps it; of the others, the share OTEL_TRACES_SAMPLER_ARG is traced. The exporter reads the
 * other standard settings (OTEL_EXPORTER_OTLP_HEADERS, …) itself.
 *
 * @returns a function that sends the last spans and stops.
 * @throws {SettingsError}
 */
export function startTracing(
  { service, log }: { readonly service: string; readonly log: Logger },
  env: NodeJS.ProcessEnv = process.env,
): AsyncDisposable {
  const settings = readSettings(
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl().optional(),
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpUrl().optional(),
      OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
    },
    env,
  );
  if (!settings.OTEL_EXPORTER_OTLP_ENDPOINT && !settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT)
    return { async [Symbol.asyncDispose]() {} };

  const warn = (detail: string): void => log.warn({ detail }, 'OpenTelemetry has a problem');
  diag.setLogger(
    { error: warn, warn, info() {}, debug() {}, verbose() {} },
    { logLevel: DiagLogLevel.WARN },
  );
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({ 'service.name': service, 'service.namespace': 'affluent' }),
    ),
    sampler: new ParentBasedSampler({
      root: new TraceIdRatioBasedSampler(settings.OTEL_TRACES_SAMPLER_ARG),
    }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return {
    async [Symbol.asyncDispose]() {
      await Promise.race([
        provider.shutdown().catch((error: unknown) => warn(String(error))),
        setTimeout(SHUTDOWN_MILLISECONDS, undefined, { ref: false }),
      ]);
    },
  };
}
