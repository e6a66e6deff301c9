/**
 * The look: colours that only underline what signs and words already say.
 *
 * @module
 */

/** How a piece of text looks; absent colours stay the terminal's own. */
export interface Look {
  readonly color?: "cyan" | "green" | "yellow" | "red";
  readonly bold?: boolean;
  readonly dimColor?: boolean;
  readonly inverse?: boolean;
}

/** The looks by meaning. */
export interface Theme {
  readonly plain: Look;
  readonly accent: Look;
  readonly strong: Look;
  readonly faint: Look;
  readonly good: Look;
  readonly warn: Look;
  readonly bad: Look;
  readonly selected: Look;
}

/** A meaning that the theme gives a look. */
export type Tone = keyof Theme;

/** The theme; without colours (NO_COLOR) weight and inverse stay. */
export function makeTheme({ colour }: { readonly colour: boolean }): Theme {
  const tint = (color: NonNullable<Look["color"]>): Look => colour ? { color } : {};
  return {
    plain: {},
    accent: tint("cyan"),
    strong: { bold: true },
    faint: { dimColor: true },
    good: tint("green"),
    warn: { ...tint("yellow"), bold: true },
    bad: { ...tint("red"), bold: true },
    selected: { inverse: true },
  };
}
