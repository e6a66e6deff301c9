/**
 * Connects the window, the keys and the store.
 *
 * @module
 */

import { useInput, usePaste, useWindowSize } from "ink";
import { type ReactElement, useEffect, useSyncExternalStore } from "react";
import { keyNames } from "./key_names.ts";
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
    for (const name of keyNames(input, key)) store.dispatch({ type: "key", key: name });
  });
  usePaste((text) => store.dispatch({ type: "text", text }));
  // The window may have changed before the state knows.
  return <Frame state={{ ...state, size: { columns, rows } }} theme={theme} />;
}
