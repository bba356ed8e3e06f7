/** What a card does when it is charged or refunded. */
export const behaviours = {
  '4242424242424242': 'approve',
  '4000000000000002': 'decline',
  '4000000000001018': 'slow_answer',
  '4000000000001026': 'no_answer',
  '4000000000001034': 'lost_answer',
  '4000000000001042': 'duplicated_webhook',
  '4000000000001059': 'early_webhook',
  '4000000000001067': 'out_of_order_webhooks',
  '4000000000001075': 'refund_fails_at_first',
} as const;

/** The behaviour of one of the sandbox's cards. */
export type Behaviour = (typeof behaviours)[keyof typeof behaviours];

/** How often the refund of a card that fails at first fails. */
export const FAILING_REFUNDS = 2;

const isSandboxCard = (number: string): number is keyof typeof behaviours =>
  Object.hasOwn(behaviours, number);

/** What the card with this number does; undefined for any other: a real card number has no business here. */
export function behaviourOf(number: string): Behaviour | undefined {
  const digits = number.replaceAll(' ', '');
  return isSandboxCard(digits) ? behaviours[digits] : undefined;
}
