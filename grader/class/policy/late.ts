/** What a late hand-in loses. */

/** How much is lost by day. */
export interface LateRule {
  /** The share of the assignment's points that each day begun costs: 24 hours, whatever the clocks show. */
  readonly perDay: number;
  /** After so many days nothing counts: the score is 0. */
  readonly upToDays: number;
  /** So many minutes late is not late. */
  readonly graceMinutes: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * The loss of a hand-in.
 *
 * @param submitted - when it was handed in
 * @param due - when it was due, for this student
 * @param rule - the assignment's; without one being late costs nothing
 * @param points - the assignment's
 * @returns days begun after the due minute, each of 24 hours, and the points that they cost: at most all
 */
export function lateLoss(
  submitted: Date,
  due: Date,
  rule: LateRule | undefined,
  points: number,
): { readonly days: number; readonly points: number } {
  // The due minute counts whole: tables tell no seconds, and who hands in at 23:59:30 has seen 23:59.
  const late = Math.floor(submitted.getTime() / MINUTE) * MINUTE - due.getTime();
  if (late <= (rule?.graceMinutes ?? 0) * MINUTE) return { days: 0, points: 0 };
  const days = Math.ceil(late / DAY);
  if (rule === undefined) return { days, points: 0 };
  const share = days > rule.upToDays ? 1 : Math.min(1, days * rule.perDay);
  return { days, points: Math.round(100 * points * share) / 100 };
}
