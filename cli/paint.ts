/**
 * Colours, only where the screen has them; they never carry the meaning alone.
 *
 * @module
 */

/** The colours that are used. */
export type Color = "red" | "green" | "yellow" | "cyan" | "dim" | "bold";

const codes: Readonly<Record<Color, string>> = {
  red: "31",
  green: "32",
  yellow: "33",
  cyan: "36",
  dim: "2",
  bold: "1",
};

/** A text in a colour; as it is where `on` is false. */
export function paint(text: string, color: Color, on: boolean): string {
  return on ? `\u001b[${codes[color]}m${text}\u001b[0m` : text;
}
