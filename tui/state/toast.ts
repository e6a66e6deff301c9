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
  /**
   * When it leaves, in milliseconds since 1970; an error never does until it is dismissed.
   * News of now have not seen a tick: their time begins with the next one, so that a busy
   * machine does not take it from them before they were seen.
   */
  readonly leaves: number | "never" | undefined;
}

const STAY_MS = 5_000;

/** The toasts with one more. */
export function withToast(
  toasts: readonly Toast[],
  news: Pick<Toast, "kind" | "text" | "hint">,
): readonly Toast[] {
  const id = 1 + Math.max(0, ...toasts.map((toast) => toast.id));
  return [...toasts, { ...news, id, leaves: news.kind === "error" ? "never" : undefined }];
}

/** Those that stay at a tick of the clock. */
export function staying(toasts: readonly Toast[], now: Temporal.Instant): readonly Toast[] {
  const at = now.epochMilliseconds;
  const rests = ({ leaves }: Toast): boolean =>
    leaves === "never" || (leaves !== undefined && leaves > at);
  if (toasts.every(rests)) return toasts;
  return toasts
    .filter((toast) => toast.leaves === undefined || rests(toast))
    .map((toast) => toast.leaves === undefined ? { ...toast, leaves: at + STAY_MS } : toast);
}
