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

/** Where traces go nowhere (`tracing.ts`) it makes spans of nothing, at the cost of some calls of functions. */
const tracer = trace.getTracer('affluent');

interface SpanOptions {
  /** `SERVER`: somebody else waits for it. `CLIENT`: it waits for somebody else. */
  readonly kind?: keyof typeof SpanKind;
  /** By OpenTelemetry's semantic conventions. Never variables, tokens, or anything about a person. */
  readonly attributes?: Attributes;
  /** Begins a trace of its own, linked to this span: for what goes on long after the span has ended. */
  readonly follows?: Span | undefined;
}

/** Does a piece of work in a span of its own, below the present one. The caller ends it. */
export const beginSpan = <T>(
  name: string,
  { kind = 'INTERNAL', attributes = {}, follows }: SpanOptions,
  work: (span: Span) => T,
): T => {
  const linked = follows && { root: true, links: [{ context: follows.spanContext() }] };
  return tracer.startActiveSpan(name, { kind: SpanKind[kind], attributes, ...linked }, work);
};

/** Does a piece of work in a span of its own, below the present one, which ends with it. */
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

/** @param type - the kind of failure, or its code. Its message may hold what a caller sent, and is not told. */
export const markFailed = (span: Span, type: string): void => {
  span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR });
};

interface PastSpanOptions extends Omit<SpanOptions, 'follows'> {
  /** How long it took, up to now. */
  readonly milliseconds: number;
  readonly hasFailed?: boolean;
}

/** Notes what has just happened, if there is a span that it belongs to. */
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

/** The span that is being worked in. */
export const presentSpan = (): Span | undefined => trace.getActiveSpan();

/** What carries `traceparent` and `tracestate` (W3C Trace Context): headers, or the `extensions` of an operation. */
type Carrier = Readonly<Record<string, unknown>>;

/** Does a piece of work in the trace that its sender names. A name that is malformed counts as none. */
export const inTraceOf = <T>(sender: Carrier | null | undefined, work: () => T): T =>
  sender ? context.with(propagation.extract(context.active(), sender), work) : work();

/** `traceparent` and `tracestate` of the present span, for whom we ask next. Empty where there is none. */
export function traceHeaders(): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}

const MAX_CHARACTERS = 100;

/** A name that a caller made up, as it stands in spans and log lines. */
export const shownName = (name: string | null | undefined): string | undefined =>
  name?.slice(0, MAX_CHARACTERS);
