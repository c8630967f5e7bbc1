import { EventEmitter, on } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A span, as a collector gets it. */
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

/** OTLP over HTTP in JSON (opentelemetry-proto, `ExportTraceServiceRequest`), as far as we look at it. */
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

/** What an OpenTelemetry collector is to its senders. */
export interface OtlpReceiver extends AsyncDisposable {
  readonly url: string;
  /** Waits until what was received is as it is to be. */
  readonly received: (
    isEnough: (spans: readonly ReceivedSpan[]) => boolean,
  ) => Promise<readonly ReceivedSpan[]>;
}

export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const arrivals = new EventEmitter();
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { resourceSpans } = (await json(request)) as TraceExport;
    spans.push(...resourceSpans.flatMap(spansIn));
    response.setHeader('content-type', 'application/json').end('{}');
    arrivals.emit('spans');
  };
  const server = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async received(isEnough) {
      const arriving = on(arrivals, 'spans');
      while (!isEnough(spans)) await arriving.next();
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
