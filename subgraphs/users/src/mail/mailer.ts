import type { Logger } from '@affluent/service';
import { createTransport } from 'nodemailer';

interface MailerOptions {
  /** `smtp://user:password@host:port`, or `smtps:`; absent: messages are written to the log. */
  readonly smtpUrl?: string | undefined;
  /** The sender's address. */
  readonly from: string;
  readonly log: Logger;
}

interface Message {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  /** Whether messages reach mailboxes; otherwise they are only logged. */
  readonly isDelivering: boolean;
  /** Sends a message in the background and logs failures. Returns at once, so that its time reveals nothing. */
  readonly send: (message: Message) => void;
}

export function createMailer({ smtpUrl, from, log }: MailerOptions): Mailer {
  if (!smtpUrl) {
    return {
      isDelivering: false,
      send: ({ to, subject, text }) =>
        log.warn({ to, subject, text }, 'mail, shown here because SMTP_URL is not set'),
    };
  }
  const transport = createTransport(smtpUrl);
  return {
    isDelivering: true,
    send: (message) => {
      transport.sendMail({ ...message, from }).catch((error: unknown) => {
        log.error({ err: error, subject: message.subject }, 'mail not sent');
      });
    },
  };
}
