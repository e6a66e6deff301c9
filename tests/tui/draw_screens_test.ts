import { equal } from "node:assert/strict";
import { drawScreens, PAGES, SCREENS_FOLDER, withScreens } from "./draw_screens.ts";

Deno.test(
  "docs/screens and the pages show the UI as it is (deno task screens draws them)",
  async () => {
    const drawn = await drawScreens();
    for (const [name, text] of drawn) {
      equal(text, await Deno.readTextFile(new URL(`${name}.txt`, SCREENS_FOLDER)), name);
    }
    for (const page of PAGES) {
      const text = await Deno.readTextFile(page);
      equal(withScreens(text, drawn), text, page.pathname);
    }
  },
);
