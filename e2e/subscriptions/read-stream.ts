/** The payloads of a subscription that is answered over HTTP, as a client reads them: by graphql-sse, or Apollo's multipart. */
export async function* readStream(response: Response): AsyncGenerator<unknown, void> {
  const isMultipart = response.headers.get('content-type')?.startsWith('multipart/mixed') ?? false;
  const separator = isMultipart ? '\r\n--graphql' : '\n\n';
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const pieces = text.split(separator);
    // A part of multipart is whole once its JSON is: the next boundary comes with the next part.
    text = pieces.pop() ?? '';
    if (isMultipart && text.endsWith('}\r\n')) {
      pieces.push(text);
      text = '';
    }
    for (const piece of pieces) {
      const payload = isMultipart ? partOf(piece) : eventOf(piece);
      if (payload === 'complete') return;
      if (payload !== undefined) yield payload;
    }
  }
}

function partOf(piece: string): unknown {
  if (piece.startsWith('--')) return 'complete';
  const [, body] = piece.split('\r\n\r\n');
  const content = body ? (JSON.parse(body) as { payload?: unknown }) : {};
  return content.payload;
}

function eventOf(piece: string): unknown {
  if (piece.startsWith('event: complete')) return 'complete';
  const [, data] = /^event: next\ndata: (.*)$/s.exec(piece) ?? [];
  return data === undefined ? undefined : JSON.parse(data);
}
