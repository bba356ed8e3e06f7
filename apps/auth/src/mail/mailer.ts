import { createFolderMailer } from './folder';
import { createSmtpMailer } from './smtp';

/** One mail to one person. */
export interface Mail {
  to: string;
  subject: string;
  /** Plain text. */
  text: string;
}

/** Sends mail. What a mail says is secret: it is in no log and in no error. */
export interface Mailer {
  /** Resolves when somebody else is responsible for the mail. Rejects when it was not taken. */
  send(mail: Mail): Promise<void>;
  /** Ends connections. */
  close(): void;
}

/** Where mail goes. */
export interface MailSettings {
  MAIL_SMTP_URL?: string;
  MAIL_FOLDER?: string;
  MAIL_FROM: string;
}

/** By SMTP where a server is set, else into a folder; undefined when nothing is set and nobody gets mail. */
export function createMailer(settings: MailSettings): Mailer | undefined {
  const { MAIL_SMTP_URL: url, MAIL_FOLDER: folder, MAIL_FROM: from } = settings;
  if (url !== undefined) return createSmtpMailer(url, from);
  return folder === undefined ? undefined : createFolderMailer(folder, from);
}
