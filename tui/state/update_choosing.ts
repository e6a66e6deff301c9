/**
 * Choosing a database.
 *
 * @module
 */

import { fieldOf } from "./field.ts";
import type { Message } from "./message.ts";
import type { Choosing, State } from "./state.ts";
import { type Step, step } from "./step.ts";
import { withToast } from "./toast.ts";

/** The next step while a database is chosen or opened. */
export function updateChoosing(state: State, message: Message): Step | undefined {
  const { choosing } = state;
  switch (message.type) {
    case "found":
      return step(changed(state, { found: message.files }));
    case "completions":
      return completed({ ...state, completing: false }, message.paths);
    case "open":
      return open(state);
    case "opened":
      return opened(state, message);
    case "notOpened":
      // Where looking itself was the problem, it is not done again at once.
      return step(
        { ...changed(state, { opening: false, problem: message.problem }), screen: "choose" },
        ...(choosing.opening ? [{ type: "look" } as const] : []),
      );
    case "complete":
      if (state.modal !== undefined) return undefined;
      return step({ ...state, completing: true }, { type: "complete", text: choosing.field.text });
    case "move": {
      if (state.screen !== "choose" || state.modal !== undefined) return undefined;
      const by = message.move === "down" ? 1 : message.move === "up" ? -1 : 0;
      const row = Math.max(-1, Math.min(choosing.found.length - 1, choosing.row + by));
      return step(changed(state, { row, problem: undefined }));
    }
  }
  return undefined;
}

function changed(state: State, change: Partial<Choosing>): State {
  return { ...state, choosing: { ...state.choosing, ...change } };
}

function open(state: State): Step {
  const { field, found, row } = state.choosing;
  const path = found[row]?.path ?? field.text.trim();
  const [only] = found;
  const chosen = path === "" && only !== undefined && found.length === 1 ? only.path : path;
  if (chosen === "") {
    const problem = {
      code: "USAGE",
      message: "Type the path of a database, or choose one with the arrows",
      hint: undefined,
    };
    return step(changed(state, { problem }));
  }
  const opening = changed(state, { opening: true, problem: undefined });
  return step(opening, { type: "open", path: chosen });
}

function opened(
  state: State,
  { place, abilities }: Extract<Message, { type: "opened" }>,
): Step {
  // The same database again: its settings changed, or its backups have moved.
  const again = state.place?.database === place.database;
  const next: State = {
    ...changed(state, { opening: false, problem: undefined }),
    place,
    abilities,
    screen: again ? state.screen : "dashboard",
    loaded: again ? state.loaded : undefined,
    loadProblem: undefined,
    held: state.afterwards === undefined ? state.held : [state.afterwards.next, ...state.held],
    afterwards: undefined,
  };
  return step(next, { type: "load" });
}

/** One completion is taken; of several, what they have in common. */
function completed(state: State, paths: readonly string[]): Step {
  const { modal } = state;
  const common = commonBeginning(paths);
  if (modal?.kind === "restore" && modal.typed?.kind === "file") {
    const field = common.length > modal.typed.field.text.length
      ? fieldOf(common)
      : modal.typed.field;
    return step({
      ...state,
      modal: { ...modal, typed: { kind: "file", field } },
      toasts: paths.length > 0 ? state.toasts : noPath(state),
    });
  }
  if (paths.length === 0) return step({ ...state, toasts: noPath(state) });
  const { field } = state.choosing;
  const longer = common.length > field.text.length ? fieldOf(common) : field;
  return step(changed(state, { field: longer, completions: paths.length > 1 ? paths : [] }));
}

function noPath(state: State): State["toasts"] {
  return withToast(state.toasts, { kind: "note", text: "No file begins like that" });
}

function commonBeginning(paths: readonly string[]): string {
  const [first = "", ...others] = paths;
  let length = first.length;
  for (const other of others) {
    while (!other.startsWith(first.slice(0, length))) length--;
  }
  return first.slice(0, length);
}
