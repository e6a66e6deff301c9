/**
 * Connects the window, the keys and the store.
 *
 * @module
 */

import { useInput, usePaste, useWindowSize } from "ink";
import { type ReactElement, useEffect, useSyncExternalStore } from "react";
import { keyName } from "./key_name.ts";
import { Frame } from "./screens/frame.tsx";
import type { Store } from "./store.ts";
import type { Theme } from "./theme.ts";

/** The component that Ink renders. */
export function Root(
  { store, theme }: { readonly store: Store; readonly theme: Theme },
): ReactElement {
  const state = useSyncExternalStore(store.subscribe, store.state);
  const { columns, rows } = useWindowSize();
  useEffect(() => {
    store.dispatch({ type: "resize", size: { columns, rows } });
  }, [store, columns, rows]);
  useInput((input, key) => {
    // Escape and a key in one packet look like Alt and that key: they were two presses.
    if (key.meta && !key.escape) store.dispatch({ type: "key", key: "esc" });
    const name = keyName(input, key);
    if (name !== undefined) store.dispatch({ type: "key", key: name });
    else if (input !== "") store.dispatch({ type: "text", text: input });
  });
  usePaste((text) => store.dispatch({ type: "text", text }));
  // The window may have changed before the state knows.
  return <Frame state={{ ...state, size: { columns, rows } }} theme={theme} />;
}
