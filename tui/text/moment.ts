/**
 * Moments and spans as the screens show them: in the person's zone, the same in every
 * locale.
 *
 * @module
 */

/** What a moment is told relative to. */
export interface Here {
  readonly now: Temporal.Instant;
  /** IANA name of the person's zone. */
  readonly zone: string;
}

/** `today 09:15`, `yesterday 18:00`, `2026-01-02 09:15`: at most 16 columns. */
export function moment(iso: string, { now, zone }: Here): string {
  const then = Temporal.Instant.from(iso).toZonedDateTimeISO(zone);
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const time = then.toPlainTime().toString({ smallestUnit: "minute" });
  const date = then.toPlainDate();
  if (date.equals(today)) return `today ${time}`;
  if (date.equals(today.subtract({ days: 1 }))) return `yesterday ${time}`;
  return `${date} ${time}`;
}

/** `2026-01-02 09:15:07 +01:00`: the exact moment. */
export function exactMoment(iso: string, zone: string): string {
  const then = Temporal.Instant.from(iso).toZonedDateTimeISO(zone);
  const time = then.toPlainTime().toString({ smallestUnit: "second" });
  return `${then.toPlainDate()} ${time} ${then.offset}`;
}

/** `just now`, `5 min ago`, `in 3 h`, `12 days ago`. */
export function ago(iso: string, now: Temporal.Instant): string {
  const seconds = Math.round(
    (now.epochMilliseconds - Temporal.Instant.from(iso).epochMilliseconds) / 1000,
  );
  const span = roughly(Math.abs(seconds));
  if (span === undefined) return seconds < 0 ? "now" : "just now";
  return seconds < 0 ? `in ${span}` : `${span} ago`;
}

function roughly(seconds: number): string | undefined {
  if (seconds < 60) return undefined;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  const days = Math.floor(seconds / 86_400);
  return days === 1 ? "1 day" : `${days} days`;
}

/** `0.4 s`, `12 s`, `3 min 05 s`: how long something took. */
export function took(milliseconds: number): string {
  if (milliseconds < 9_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}
