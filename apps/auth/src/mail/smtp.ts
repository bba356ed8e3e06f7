import type { Transporter } from 'nodemailer';
import type { Mailer } from './mailer';

const TIMEOUT_MS = 10_000;

/**
 * Sends by SMTP. `smtps://user:password@host` is encrypted from the start; `smtp://host` is when the server offers it,
 * and must be with `?requireTLS=true`.
 */
export function createSmtpMailer(url: string, from: string): Mailer {
  let opening: Promise<Transporter> | undefined;
  async function open(): Promise<Transporter> {
    // Only who sends mail loads the package.
    const { createTransport } = await import('nodemailer');
    const timeouts = {
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    };
    return createTransport({ url, ...timeouts, disableFileAccess: true, disableUrlAccess: true });
  }
  return {
    async send(mail) {
      const transport = await (opening ??= open());
      await transport.sendMail({ from, ...mail });
    },
    close: () => void opening?.then((transport) => transport.close()),
  };
}
