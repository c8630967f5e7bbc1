import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

import { expect } from 'vitest';

/** A span as a collector receives it. */
export interface ReceivedSpan {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
}

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** The part of OTLP over HTTP in JSON (opentelemetry-proto, `ExportTraceServiceRequest`) that the tests read. */
interface TraceExport {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<ReceivedSpan, 'attributes' | 'service'> & {
        readonly attributes: readonly Attribute[];
      })[];
    }[];
  }[];
}

/** An OpenTelemetry collector that keeps the spans. */
export interface OtlpReceiver extends AsyncDisposable {
  readonly url: string;
  /** Waits until the received spans meet a condition. Fails after the poll timeout. */
  readonly received: (
    isEnough: (spans: readonly ReceivedSpan[]) => boolean,
  ) => Promise<readonly ReceivedSpan[]>;
}

export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { resourceSpans } = (await json(request)) as TraceExport;
    spans.push(...resourceSpans.flatMap(spansIn));
    response.setHeader('content-type', 'application/json').end('{}');
  };
  const server = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async received(isEnough) {
      await expect.poll(() => isEnough(spans)).toBe(true);
      return [...spans];
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

const spansIn = ({
  resource,
  scopeSpans,
}: TraceExport['resourceSpans'][number]): readonly ReceivedSpan[] => {
  const service = String(valuesOf(resource.attributes)['service.name']);
  return scopeSpans.flatMap((scope) =>
    scope.spans.map((span) => ({ ...span, service, attributes: valuesOf(span.attributes) })),
  );
};

const valuesOf = (attributes: readonly Attribute[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
