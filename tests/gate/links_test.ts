import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Every page of the project. */
function pages(): string[] {
  const inside = (folder: string): string[] =>
    Array.from(Deno.readDirSync(join(root, folder))).flatMap(({ name, isDirectory }) => {
      const path = join(folder, name);
      if (isDirectory) return inside(path);
      return name.endsWith(".md") ? [path] : [];
    });
  const atRoot = Array.from(Deno.readDirSync(root)).map(({ name }) => name);
  return [
    ...atRoot.filter((name) => name.endsWith(".md")),
    ...inside("docs"),
    ...inside("examples"),
  ].sort();
}

/** The anchor of a heading, as GitHub makes it. */
function anchorOf(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\- _]/gu, "").replaceAll(" ", "-");
}

for (const page of pages()) {
  Deno.test(`${page} has no dead link`, async () => {
    const text = (await Deno.readTextFile(join(root, page))).replaceAll(/```[^]*?```/g, "");
    for (const [, link = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(link)) continue;
      const [path = "", anchor] = link.split("#");
      const file = path === "" ? join(root, page) : join(root, dirname(page), path);
      assert.ok(existsSync(file), `${page} links to ${link}, which is not there`);
      if (anchor === undefined || !file.endsWith(".md")) continue;
      const headings = (await Deno.readTextFile(file)).matchAll(/^#+ (.+)$/gm);
      const anchors = [...headings].map(([, heading = ""]) => anchorOf(heading));
      assert.ok(anchors.includes(anchor), `${page} links to ${link}: no such heading`);
    }
  });
}
