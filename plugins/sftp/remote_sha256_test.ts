import { equal } from "node:assert/strict";
import fc from "fast-check";
import { shellWord } from "./remote_sha256.ts";

Deno.test("shellWord is one word for a shell, whatever the path", async () => {
  const hard = ["it's", "$(id)", "`id`", "a b", "-n", "\\", '"', "'", "''", "a\nb", ";#&|"];
  const more = fc.sample(fc.string({ maxLength: 12 }), 10).map((text) => text.replaceAll("\0", ""));
  for (const path of [...hard, ...more]) {
    const script = `printf %s ${shellWord(path)}`;
    const { stdout } = await new Deno.Command("sh", { args: ["-c", script] }).output();
    equal(
      new TextDecoder().decode(stdout),
      new TextDecoder().decode(new TextEncoder().encode(path)),
    );
  }
});
