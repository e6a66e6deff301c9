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

/** Draws as many keys as fit; those that are shown last (`?`, `q`) are kept longest. */
export function Footer({ state }: { readonly state: State }): ReactElement {
  const { columns } = state.size;
  const main = bindingsIn(contextOf(state), state).filter(({ footer }) => footer);
  return (
    <Line spans={[span("  "), ...spansOf(fitting(main, columns - 3), state)]} width={columns} />
  );
}

function fitting(bindings: readonly KeyBinding[], width: number): readonly KeyBinding[] {
  let kept = bindings;
  while (kept.length > 1 && lengthOf(kept) > width) {
    const at = kept.findLastIndex(({ keys }) => !keys.includes("?") && !keys.includes("esc"));
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
