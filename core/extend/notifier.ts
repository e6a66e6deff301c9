/**
 * The contract of a way to send news of an outcome.
 *
 * @module
 */

/** News of one outcome, plain JSON. */
export interface Notification {
  /** What it is about. */
  readonly kind: "started" | "success" | "failure" | "recovery" | "warning" | "digest" | "test";
  /** The verb: `backup`, `verify`, `health`, … */
  readonly job: string;
  /** The database, by name or path. */
  readonly database: string;
  /** One line for people. */
  readonly title: string;
  /** More lines for people. */
  readonly text: string;
  /** When it happened (ISO 8601, UTC). */
  readonly at: string;
  /** The error's code where it failed. */
  readonly code?: string | undefined;
  /** Facts for programs. */
  readonly facts?: Readonly<Record<string, unknown>> | undefined;
}

/** A way to send news. It throws a `TargetError` of a kind; only `unavailable` is tried again. */
export interface Notifier {
  /**
   * `news` (the default) hears what people should know, never too often; `beats` hears of
   * every start and end, so that the other side notices silence.
   */
  readonly wants?: "news" | "beats" | undefined;
  /** Sends it; resolves once the other side accepted it. */
  notify(notification: Notification, options: { readonly signal: AbortSignal }): Promise<void>;
}
