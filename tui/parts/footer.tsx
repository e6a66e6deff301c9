/**
 * The last line: the main keys that work here.
 *
 * @module
 */

import type { ReactElement } from "react";
import { contextOf } from "../keys/context.ts";
import type { KeyBinding } from "../keys/key_binding.ts";
import { bindingsIn } from "../keys/keys.ts";
import type { State } from "../state/state.ts";
import { widthOf } from "../text/fit.ts";
import { keySign } from "./key_sign.ts";
import { Line, type Span, span } from "./line.tsx";

const GAP = 3;

/** Draws as many keys as fit; the way out (`esc`, else `q`) and `?` are kept longest. */
export function Footer({ state }: { readonly state: State }): ReactElement {
  const { columns } = state.size;
  const context = contextOf(state);
  const all = bindingsIn(context, state).filter(({ footer }) => footer);
  // Where a backup is not the matter, what only this screen has comes first.
  const main = context === "dashboard" || context === "backups"
    ? all
    : [...all.filter((each) => each.in.length === 1), ...all.filter((each) => each.in.length > 1)];
  return (
    <Line spans={[span("  "), ...spansOf(fitting(main, columns - 3), state)]} width={columns} />
  );
}

function fitting(bindings: readonly KeyBinding[], width: number): readonly KeyBinding[] {
  const out = bindings.some(({ keys }) => keys.includes("esc")) ? "esc" : "q";
  const ways = ["?", out];
  let kept = bindings;
  while (kept.length > 1 && lengthOf(kept) > width) {
    const at = kept.findLastIndex(({ keys }) => !keys.some((key) => ways.includes(key)));
    kept = kept.toSpliced(at < 0 ? kept.length - 1 : at, 1);
  }
  return kept;
}

function lengthOf(bindings: readonly KeyBinding[]): number {
  const gaps = GAP * (bindings.length - 1);
  return bindings.reduce(
    (sum, { keys, label }) => sum + widthOf(`${keySign(keys[0] ?? "")} ${label}`),
    gaps,
  );
}

function spansOf(bindings: readonly KeyBinding[], state: State): readonly Span[] {
  return bindings.flatMap(({ keys, label, unless }, at) => {
    const off = unless?.(state) !== undefined;
    return [
      span(at === 0 ? "" : " ".repeat(GAP)),
      span(keySign(keys[0] ?? ""), off ? "faint" : "accent"),
      span(` ${label}`, off ? "faint" : undefined),
    ];
  });
}
