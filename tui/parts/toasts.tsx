/**
 * The news above the footer.
 *
 * @module
 */

import type { ReactElement } from "react";
import type { Toast } from "../state/toast.ts";
import { safeText } from "../text/safe_text.ts";
import { Line, span } from "./line.tsx";

const SHOWN = 2;

/** Lines that the news take. */
export function toastRows(toasts: readonly Toast[]): number {
  return toasts.slice(-SHOWN).reduce((sum, { hint }) => sum + (hint === undefined ? 1 : 2), 0);
}

/** Draws the newest. */
export function Toasts(
  { toasts, width }: { readonly toasts: readonly Toast[]; readonly width: number },
): readonly ReactElement[] {
  const more = toasts.length - SHOWN;
  return toasts.slice(-SHOWN).flatMap(({ id, kind, text, hint }, at) => {
    const sign = kind === "done" ? "✔" : kind === "note" ? "·" : "✖";
    const tone = kind === "done" ? "good" : kind === "note" ? "plain" : "bad";
    const stays = kind === "error" ? "   d dismisses" : "";
    const others = at === 0 && more > 0 ? `   and ${more} more` : "";
    const first = (
      <Line
        key={id}
        spans={[
          span(`  ${sign} `, tone),
          span(safeText(text), tone),
          span(stays + others, "faint"),
        ]}
        width={width}
      />
    );
    if (hint === undefined) return [first];
    return [
      first,
      <Line key={`${id} hint`} spans={[span(`    ${safeText(hint)}`)]} width={width} />,
    ];
  });
}
