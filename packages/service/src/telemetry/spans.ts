import {
  type Attributes,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

export type { Span };

/** Without a collector (`tracing.ts`), its spans record nothing and cost a few function calls. */
const tracer = trace.getTracer('affluent');

interface SpanOptions {
  /** `SERVER`: the work answers a request. `CLIENT`: the work waits for another service. */
  readonly kind?: keyof typeof SpanKind;
  /** Named by OpenTelemetry's semantic conventions. Never variables, tokens or personal data. */
  readonly attributes?: Attributes;
  /** Begins a new trace, linked to this span: for work long after the span has ended. */
  readonly follows?: Span | undefined;
}

/** Begins a child of the current span. The caller ends it. */
export const beginSpan = <T>(
  name: string,
  { kind = 'INTERNAL', attributes = {}, follows }: SpanOptions,
  work: (span: Span) => T,
): T => {
  const linked = follows && { root: true, links: [{ context: follows.spanContext() }] };
  return tracer.startActiveSpan(name, { kind: SpanKind[kind], attributes, ...linked }, work);
};

/** Runs `work` in a child of the current span, which ends with it. */
export const inSpan = <T>(
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<T>,
): Promise<T> =>
  beginSpan(name, options, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      markFailed(span, error instanceof Error ? error.name : 'Error');
      throw error;
    } finally {
      span.end();
    }
  });

/** @param type - the kind of failure, or its code. Never its message, which may hold input of a caller. */
export const markFailed = (span: Span, type: string): void => {
  span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR });
};

interface PastSpanOptions extends Omit<SpanOptions, 'follows'> {
  /** The duration up to now. */
  readonly milliseconds: number;
  readonly hasFailed?: boolean;
}

/** Records work that has just ended as a child of the current span, if there is one. */
export function recordSpan(
  name: string,
  { kind = 'INTERNAL', attributes = {}, milliseconds, hasFailed = false }: PastSpanOptions,
): void {
  if (!presentSpan()?.isRecording()) return;
  const startTime = Date.now() - milliseconds;
  const span = tracer.startSpan(name, { kind: SpanKind[kind], attributes, startTime });
  if (hasFailed) markFailed(span, 'Error');
  span.end();
}

/** The current span. */
export const presentSpan = (): Span | undefined => trace.getActiveSpan();

/** A carrier of `traceparent` and `tracestate` (W3C Trace Context): headers, or the `extensions` of an operation. */
type Carrier = Readonly<Record<string, unknown>>;

/** Runs `work` in the trace of its sender. A malformed `traceparent` is ignored. */
export const inTraceOf = <T>(sender: Carrier | null | undefined, work: () => T): T =>
  sender ? context.with(propagation.extract(context.active(), sender), work) : work();

/** `traceparent` and `tracestate` of the current span, for requests to other services. Empty without a span. */
export function traceHeaders(): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}

const MAX_CHARACTERS = 100;

/** A name invented by a caller, cut for spans and log lines. */
export const shownName = (name: string | null | undefined): string | undefined =>
  name?.slice(0, MAX_CHARACTERS);
