/**
 * A line of text that is being typed.
 *
 * @module
 */

/** The text and where the cursor stands in it, by grapheme. */
export interface Field {
  readonly text: string;
  readonly cursor: number;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The characters of a text as a person counts them. */
export function charactersOf(text: string): readonly string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** A field with the cursor at its end. */
export function fieldOf(text = ""): Field {
  return { text, cursor: charactersOf(text).length };
}

/** Puts text in at the cursor; line breaks of a pasted text become spaces. */
export function typeInto({ text, cursor }: Field, typed: string): Field {
  const line = typed.replace(/[\r\n\t]+/g, " ");
  const all = charactersOf(text);
  const before = all.slice(0, cursor).join("") + line;
  return { text: before + all.slice(cursor).join(""), cursor: charactersOf(before).length };
}

/** What a key does to a field; `undefined` where it does nothing to it. */
export function editField(field: Field, key: string): Field | undefined {
  const all = charactersOf(field.text);
  const { cursor } = field;
  switch (key) {
    case "left":
      return { ...field, cursor: Math.max(0, cursor - 1) };
    case "right":
      return { ...field, cursor: Math.min(all.length, cursor + 1) };
    case "home":
    case "ctrl+a":
      return { ...field, cursor: 0 };
    case "end":
    case "ctrl+e":
      return { ...field, cursor: all.length };
    case "backspace":
      return cursor === 0 ? field : without(all, cursor - 1, cursor);
    case "delete":
      return cursor === all.length ? field : without(all, cursor, cursor + 1);
    case "ctrl+u":
      return without(all, 0, cursor);
    case "ctrl+w":
      return without(all, wordStart(all, cursor), cursor);
  }
  return undefined;
}

function without(all: readonly string[], from: number, to: number): Field {
  return { text: [...all.slice(0, from), ...all.slice(to)].join(""), cursor: from };
}

function wordStart(all: readonly string[], cursor: number): number {
  let at = cursor;
  while (at > 0 && all[at - 1] === " ") at--;
  while (at > 0 && all[at - 1] !== " " && all[at - 1] !== "/") at--;
  return at === cursor ? Math.max(0, cursor - 1) : at;
}
