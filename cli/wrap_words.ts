/**
 * Text broken at its spaces, for a window of so many columns.
 *
 * @module
 */

/** What {@linkcode wrapWords} is given. */
export interface WrapOptions {
  /** Columns that a line may take. */
  readonly room: number;
  /** Columns that a text takes; its letters by default. */
  readonly width?: ((text: string) => number) | undefined;
}

/** The text in lines of whole words. A word that is longer than the room stays whole. */
export function wrapWords(
  text: string,
  { room, width = ({ length }) => length }: WrapOptions,
): readonly string[] {
  if (width(text) <= room) return [text];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && width(longer) > room) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

/** The text under an indent, in lines of whole words where the window is known. */
export function indented(
  text: string,
  indent: number,
  { columns = Infinity }: { readonly columns?: number | undefined },
): string {
  const lines = wrapWords(text, { room: columns - indent });
  return lines.map((line) => " ".repeat(indent) + line).join("\n");
}
