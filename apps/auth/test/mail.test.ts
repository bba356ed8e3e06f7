import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { test, type TestContext } from 'node:test';
import { createInterface } from 'node:readline';
import { createMailer } from '../src/mail/mailer';
import { passwordResetMail } from '../src/mail/password-reset-mail';
import { createResetSender } from '../src/mail/send-resets';
import { requestReset } from '../src/store/password-resets';
import { openStore } from './auth-fixture';

const mail = { to: 'ada@example.com', subject: 'Hello', text: 'First line\nSecond line\n' };

/** A mail server that takes mail for anybody but `nobody@...`, as far as RFC 5321 goes here. */
async function smtpServer(t: TestContext) {
  const received: string[] = [];
  const server: Server = createServer((socket) => {
    const say = (line: string) => socket.write(`${line}\r\n`);
    let data: string[] | undefined;
    say('220 test');
    createInterface({ input: socket }).on('line', (line) => {
      if (data) {
        if (line !== '.') return void data.push(line);
        received.push(data.join('\n'));
        data = undefined;
        return void say('250 taken');
      }
      if (/^RCPT TO:<nobody@/i.test(line)) return void say('550 5.1.1 nobody is here');
      if (line.toUpperCase() === 'DATA') {
        data = [];
        return void say('354 go on');
      }
      return void say(line.toUpperCase() === 'QUIT' ? '221 bye' : '250 fine');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

const smtp = (url: string) => createMailer({ MAIL_SMTP_URL: url, MAIL_FROM: 'Q <q@example.com>' })!;

test('a mail is handed over by SMTP, and its lines cannot add a header', async (t) => {
  const { url, received } = await smtpServer(t);
  const mailer = smtp(url);
  await mailer.send({ ...mail, subject: 'Hello\r\nBcc: eve@example.com' });
  mailer.close();
  assert.match(received[0]!, /^From: Q <q@example\.com>$/m);
  assert.match(received[0]!, /^To: ada@example\.com$/m);
  assert.match(received[0]!, /First line\nSecond line/);
  assert.doesNotMatch(received[0]!, /^Bcc:/m);
});

test('a mail that is not taken is an error', async (t) => {
  const { url } = await smtpServer(t);
  const mailer = smtp(url);
  await assert.rejects(mailer.send({ ...mail, to: 'nobody@example.com' }));
  mailer.close();
  await assert.rejects(smtp('smtp://127.0.0.1:1').send(mail));
});

test('without server and folder there is no mailer', () => {
  assert.equal(createMailer({ MAIL_FROM: 'x' }), undefined);
});

test('a page gets the token in the fragment, which is sent to no server', () => {
  const { text } = passwordResetMail('a@example.com', 'qspr_x', 'https://example.com/reset');
  assert.match(text, /https:\/\/example\.com\/reset#token=qspr_x\n/);
  assert.match(passwordResetMail('a@example.com', 'qspr_x', undefined).text, /\n\nqspr_x\n/);
});

test('a mail that could not be sent is tried again with another token, and not for ever', async (t) => {
  const database = await openStore(t);
  await database.query(
    `INSERT INTO identities (user_id, email, email_normalised, password_hash)
     VALUES (gen_random_uuid(), 'Ada@example.com', 'ada@example.com', '$argon2id$x')`,
  );
  const texts: string[] = [];
  const mailer = {
    send: ({ text }: { text: string }) => {
      texts.push(text);
      return texts.length <= 3 ? Promise.reject(new Error(text)) : Promise.resolve();
    },
    close: () => undefined,
  };
  const outcomes: string[] = [];
  const metrics = { mailed: (outcome: string) => void outcomes.push(outcome) };
  const page = undefined;
  const sender = createResetSender({ database, mailer, page, metrics: metrics as never });
  const deadline = new Date(Date.now() + 60_000);
  const laterBy = (minutes: number) =>
    database.query(
      `UPDATE password_reset_requests SET requested_at = requested_at - make_interval(mins => $1),
         next_attempt_at = next_attempt_at - make_interval(mins => $1)`,
      [minutes],
    );
  await requestReset(database, 'ada@example.com', deadline);
  await sender.sendDue();
  await sender.sendDue();
  assert.deepEqual(outcomes, ['failed']);
  for (let again = 0; again < 3; again++) {
    await laterBy(1);
    await sender.sendDue();
  }
  assert.deepEqual(outcomes, ['failed', 'failed', 'failed', 'sent']);
  assert.equal(new Set(texts).size, 4);
  // What was not sent is good for nothing.
  assert.equal((await database.query('SELECT FROM password_reset_tokens')).length, 1);
  assert.equal((await database.query('SELECT FROM password_reset_requests')).length, 0);

  await requestReset(database, 'ada@example.com', deadline);
  await laterBy(31);
  await sender.sendDue();
  assert.equal(texts.length, 4);
  assert.equal((await database.query('SELECT FROM password_reset_requests')).length, 0);
});
