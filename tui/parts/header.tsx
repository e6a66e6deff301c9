/**
 * The first line: the program, the database, how it stands.
 *
 * @module
 */

import { basename } from "node:path";
import type { ReactElement } from "react";
import type { State } from "../state/state.ts";
import { safeText } from "../text/safe_text.ts";
import { conditionOf } from "./condition.ts";
import { EndsLine, span } from "./line.tsx";

/** Draws it. */
export function Header({ state }: { readonly state: State }): ReactElement {
  const { place, choosing } = state;
  const path = place?.database ?? (choosing.opening ? choosing.field.text : "");
  const name = safeText(basename(path));
  const condition = conditionOf(state);
  const start = [span(" "), span("holdfast", "accent"), span("   "), span(name, "strong")];
  const end = condition === undefined
    ? []
    : [span(`${condition.sign} ${condition.words}`, condition.tone), span(" ")];
  return <EndsLine start={start} end={end} width={state.size.columns} />;
}
