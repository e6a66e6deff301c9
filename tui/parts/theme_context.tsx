/**
 * Hands the theme to every part of a screen.
 *
 * @module
 */

import { type Context, createContext, useContext } from "react";
import { makeTheme, type Theme } from "../theme.ts";

/** The theme of the screens below. */
export const ThemeContext: Context<Theme> = createContext(makeTheme({ colour: false }));

/** The theme here. */
export function useTheme(): Theme {
  return useContext(ThemeContext);
}
