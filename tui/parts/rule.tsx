/**
 * A line across.
 *
 * @module
 */

import { Box, Text } from "ink";
import type { ReactElement } from "react";
import { useTheme } from "./theme_context.tsx";

/** Draws it; a screen reader passes over it. */
export function Rule({ width }: { readonly width: number }): ReactElement {
  return (
    <Box aria-hidden flexShrink={0} height={1}>
      <Text wrap="truncate" {...useTheme().faint}>{` ${"─".repeat(Math.max(0, width - 2))}`}</Text>
    </Box>
  );
}
