import { DELETED_USER_HANDLE } from '@quayside/contracts';
import type { Activity, ActivityType } from '../store/activity';

const titles: Record<ActivityType, (counterpart: string) => string> = {
  account_opened: () => 'Your account was opened',
  top_up_completed: () => 'You topped up',
  top_up_failed: () => 'Your card could not be used to top up',
  payment_sent: (counterpart) => `You paid ${counterpart}`,
  payment_received: (counterpart) => `${counterpart} paid you`,
  refund_sent: (counterpart) => `You refunded ${counterpart}`,
  hold_placed: (counterpart) => `You set money aside for ${counterpart}`,
  hold_received: (counterpart) => `${counterpart} set money aside for you`,
  hold_voided: (counterpart) => `What was set aside between you and ${counterpart} was released`,
  hold_expired: (counterpart) => `What was set aside between you and ${counterpart} has expired`,
  refund_received: (counterpart) => `${counterpart} refunded you`,
};

const nameInTitle = (handle: string | null) =>
  handle === DELETED_USER_HANDLE ? 'a deleted user' : (handle ?? 'someone');

/** One item of the feed. */
export function activityToJson(activity: Activity) {
  const { amount, currency, counterpartHandle } = activity;
  return {
    activityId: activity.activityId,
    type: activity.type,
    title: titles[activity.type](nameInTitle(counterpartHandle)),
    at: activity.occurredAt.toISOString(),
    amount: amount === null ? null : { amount: amount.toString(), currency },
    counterpartHandle,
    paymentId: activity.paymentId,
    refundId: activity.refundId,
    topUpId: activity.topUpId,
    accountId: activity.accountId,
    description: activity.description,
  };
}
