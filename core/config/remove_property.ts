/**
 * Taking a property out of JSON with comments: its own line goes, with the comment
 * at its end; the comments of its neighbours stay, which `modify` does not promise.
 *
 * @module
 */

import { applyEdits, createScanner, type Edit, type Node } from "jsonc-parser";

const comma = 5;

/** The text without a property, given the node of its value in the parsed tree. */
export function removeProperty(text: string, value: Node): string {
  const property = value.parent;
  const siblings = property?.parent?.children ?? [];
  if (property === undefined) return text;
  const after = commaAfter(text, property.offset + property.length);
  const before = siblings[siblings.indexOf(property) - 1];
  const edits: Edit[] = [lineOf(text, property.offset, after ?? property.offset + property.length)];
  if (after === undefined && before !== undefined) {
    const end = commaAfter(text, before.offset + before.length);
    if (end !== undefined) edits.unshift({ offset: end - 1, length: 1, content: "" });
  }
  return applyEdits(text, edits);
}

/** The position behind the comma that follows, comments aside. */
function commaAfter(text: string, position: number): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(position);
  return scanner.scan() as number === comma ? scanner.getPosition() : undefined;
}

/** The whole line where nothing else stands on it, else only the property. */
function lineOf(text: string, start: number, end: number): Edit {
  const lead = /(?:^|\r?\n)[ \t]*$/.exec(text.slice(0, start))?.[0];
  const rest = /^[ \t]*(?:\/\/[^\r\n]*)?(?=\r?\n|$)/.exec(text.slice(end))?.[0];
  if (lead === undefined || rest === undefined) {
    return { offset: start, length: end - start, content: "" };
  }
  const offset = start - lead.length;
  return { offset, length: end + rest.length - offset, content: "" };
}
