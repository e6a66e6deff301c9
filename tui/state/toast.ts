/**
 * Short news at the foot of the screen.
 *
 * @module
 */

/** One piece of news. */
export interface Toast {
  readonly id: number;
  readonly kind: "done" | "note" | "error";
  readonly text: string;
  readonly hint?: string | undefined;
  /** When it leaves, in milliseconds since 1970; an error stays until it is dismissed. */
  readonly until: number | undefined;
}

const STAY_MS = 5_000;

/** The toasts with one more. */
export function withToast(
  toasts: readonly Toast[],
  news: Pick<Toast, "kind" | "text" | "hint">,
  now: Temporal.Instant,
): readonly Toast[] {
  const id = 1 + Math.max(0, ...toasts.map((toast) => toast.id));
  const until = news.kind === "error" ? undefined : now.epochMilliseconds + STAY_MS;
  return [...toasts, { ...news, id, until }];
}

/** Those that stay. */
export function staying(toasts: readonly Toast[], now: Temporal.Instant): readonly Toast[] {
  const stays = ({ until }: Toast): boolean => until === undefined || until > now.epochMilliseconds;
  return toasts.every(stays) ? toasts : toasts.filter(stays);
}
