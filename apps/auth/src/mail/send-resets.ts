import type { Database } from '@quayside/database';
import { logger } from '@quayside/telemetry';
import { resetToken, tokenHash } from '../domain/secret-token';
import type { AuthMetrics } from '../metrics';
import {
  claimReset,
  deleteResetToken,
  forgetReset,
  storeResetToken,
  type DueReset,
} from '../store/password-resets';
import type { Mailer } from './mailer';
import { passwordResetMail } from './password-reset-mail';

/** Sends the mails of resets that were asked for. */
export interface ResetSender {
  /** Sends everything that is due; resolves when that is done. Rejects when the database cannot be reached. */
  sendDue(): Promise<void>;
  /** The same in the background; what it cannot do, the next one will. */
  wake(): void;
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>;
}

/** What the sender works with. */
export interface ResetSenderOptions {
  database: Database;
  /** Without one every request is dropped. */
  mailer: Mailer | undefined;
  /** Page whose address the mail has. */
  page: string | undefined;
  metrics: AuthMetrics;
}

/**
 * A sender. A token exists in clear from here until its mail is handed over, and nowhere else: when that fails, the next
 * attempt makes another one.
 */
export function createResetSender({
  database,
  mailer,
  page,
  metrics,
}: ResetSenderOptions): ResetSender {
  async function send({ emailNormalised }: DueReset, to: Mailer): Promise<void> {
    const token = resetToken.make();
    const hash = tokenHash(token);
    const owner = await storeResetToken(database, emailNormalised, hash);
    if (owner === undefined) return;
    try {
      await to.send(passwordResetMail(owner.email, token, page));
    } catch (error) {
      // Nobody has it: it must not count as one of those that its owner has got.
      await deleteResetToken(database, hash);
      throw error;
    }
    metrics.mailed('sent');
  }

  async function attempt(due: DueReset): Promise<void> {
    try {
      if (mailer && !due.stale) await send(due, mailer);
      await forgetReset(database, due.emailNormalised);
    } catch (error) {
      metrics.mailed('failed');
      // A mail server's error may repeat what it was sent: its code says enough.
      const { code } = error as { code?: unknown };
      logger.warn({ code }, 'A mail was not sent; it is tried again in a minute');
    }
  }

  async function sendAll(): Promise<void> {
    for (let due = await claimReset(database); due; due = await claimReset(database)) {
      await attempt(due);
    }
  }

  let running: Promise<void> | undefined;
  let asked = false;
  async function run(): Promise<void> {
    try {
      // What is asked for during a run may have come too late for it.
      while (asked) {
        asked = false;
        await sendAll();
      }
    } finally {
      running = undefined;
    }
  }
  function sendDue(): Promise<void> {
    asked = true;
    return (running ??= run());
  }
  return {
    sendDue,
    wake: () => void sendDue().catch(() => undefined),
    idle: () => running ?? Promise.resolve(),
  };
}
