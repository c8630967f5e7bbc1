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
  /** Whether messages reach people's mailboxes; otherwise only whoever reads the log sees them. */
  readonly isDelivering: boolean;
  /** Hands a message over in the background; what fails is logged. It takes no time that could tell something. */
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
