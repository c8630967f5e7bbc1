import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { SMTPServer } from 'smtp-server';

interface Message {
  readonly subject: string;
  readonly text: string;
  /** The first link in it. */
  readonly link: string;
}

/** A real mail server that keeps what it is given. */
export async function openMailbox() {
  const received: { to: string; message: Message }[] = [];
  const arrivals = new EventEmitter();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        const to = session.envelope.rcptTo[0]?.address ?? '';
        received.push({ to, message: read(Buffer.concat(chunks).toString()) });
        arrivals.emit('arrival');
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    /** How many came for this address. */
    countFor: (to: string) => received.filter((one) => one.to === to).length,
    /** Takes the next message for this address out, waiting for it if need be. */
    async take(to: string): Promise<Message> {
      for (;;) {
        const index = received.findIndex((one) => one.to === to);
        const [found] = index < 0 ? [] : received.splice(index, 1);
        if (found) return found.message;
        await once(arrivals, 'arrival');
      }
    },
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

/** Undoes quoted-printable, in which mail carries long lines and accents. */
function read(raw: string): Message {
  const [head = '', ...body] = raw.split('\r\n\r\n');
  const bytes = body
    .join('\r\n\r\n')
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([\dA-F]{2})/g, (_, hex: string) =>
      String.fromCodePoint(Number.parseInt(hex, 16)),
    );
  const content = Buffer.from(bytes, 'latin1').toString();
  return {
    subject: /^Subject: (.*)$/m.exec(head)?.[1] ?? '',
    text: content,
    link: /https?:\/\/\S+/.exec(content)?.[0] ?? '',
  };
}
