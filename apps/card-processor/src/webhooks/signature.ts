import { createHmac } from 'node:crypto';

/** The header that a webhook is signed in: `t=<seconds since 1970>,v1=<hex>`. */
export const SIGNATURE_HEADER = 'card-processor-signature';

/** Signs the bytes of a body at a moment: HMAC-SHA256 over `<t>.<body>`. */
export function signatureOf(body: string, secret: string, at = new Date()): string {
  const seconds = Math.floor(at.getTime() / 1000);
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${mac}`;
}
