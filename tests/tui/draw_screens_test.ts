import { equal } from "node:assert/strict";
import { drawScreens, SCREENS_FOLDER } from "./draw_screens.ts";

// Ink's cursor library keeps its signal listeners, and its frame timer outlives the last
// frame by a thirtieth of a second: neither can be ended from outside.
const ofInk = { sanitizeOps: false, sanitizeResources: false };

Deno.test("docs/screens show the UI as it is (deno task screens draws them)", ofInk, async () => {
  for (const [name, text] of await drawScreens()) {
    equal(text, await Deno.readTextFile(new URL(`${name}.txt`, SCREENS_FOLDER)), name);
  }
});
