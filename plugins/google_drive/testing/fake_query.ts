/**
 * The part of Drive's query language that the plugin speaks.
 *
 * @see https://developers.google.com/workspace/drive/api/guides/ref-search-terms
 *
 * @module
 */

import type { FakeFile } from "./fake_files.ts";
import { Violation } from "./refusal.ts";

/** One condition; all of them have to hold. */
export type Condition =
  | { readonly is: "property"; readonly key: string; readonly value: string }
  | { readonly is: "trashed"; readonly value: boolean }
  | { readonly is: "mimeType"; readonly value: string };

const text = String.raw`'((?:[^'\\]|\\.)*)'`;
const forms: readonly [RegExp, (groups: readonly string[]) => Condition][] = [
  [
    new RegExp(`^appProperties has \\{ key=${text} and value=${text} \\}`),
    ([key = "", value = ""]) => ({ is: "property", key: plain(key), value: plain(value) }),
  ],
  [/^trashed=(true|false)/, ([value]) => ({ is: "trashed", value: value === "true" })],
  [new RegExp(`^mimeType=${text}`), ([value = ""]) => ({ is: "mimeType", value: plain(value) })],
];

/** Reads a query; a form that is not understood is a breach. */
export function parseQuery(query: string): readonly Condition[] {
  const conditions: Condition[] = [];
  let rest = query;
  while (true) {
    const before = rest;
    for (const [form, make] of forms) {
      const match = form.exec(rest);
      if (match === null) continue;
      conditions.push(make(match.slice(1)));
      rest = rest.slice(match[0].length);
      break;
    }
    if (rest === before) throw new Violation(`the query is not understood from "${rest}" on`);
    if (rest === "") return conditions;
    if (!rest.startsWith(" and ")) throw new Violation(`" and " is missing before "${rest}"`);
    rest = rest.slice(5);
  }
}

/** Whether all conditions hold for a file. */
export function matches(conditions: readonly Condition[], file: FakeFile): boolean {
  return conditions.every((condition) => {
    if (condition.is === "trashed") return file.trashed === condition.value;
    if (condition.is === "mimeType") return file.mimeType === condition.value;
    return file.appProperties[condition.key] === condition.value;
  });
}

/** Without the backslashes. */
function plain(value: string): string {
  return value.replaceAll(/\\(.)/g, "$1");
}
