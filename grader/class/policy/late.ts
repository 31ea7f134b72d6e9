/** What a late hand-in loses. */

/** How much is lost by day. */
export interface LateRule {
  /** The share of the assignment's points that each day begun costs. */
  readonly perDay: number;
  /** After so many days nothing counts. */
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
 * @returns days begun after the due date, and the points that they cost: at most all
 */
export function lateLoss(
  submitted: Date,
  due: Date,
  rule: LateRule | undefined,
  points: number,
): { readonly days: number; readonly points: number } {
  const late = submitted.getTime() - due.getTime();
  if (late <= (rule?.graceMinutes ?? 0) * MINUTE) return { days: 0, points: 0 };
  const days = Math.ceil(late / DAY);
  if (rule === undefined) return { days, points: 0 };
  const share = days > rule.upToDays ? 1 : Math.min(1, days * rule.perDay);
  return { days, points: Math.round(100 * points * share) / 100 };
}
