import { equal } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import settings from "../../deno.json" with { type: "json" };

Deno.test("every public symbol has its docstring and names only what is public", async () => {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", ...Object.values(settings.exports)],
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    env: { NO_COLOR: "1" },
  }).output();
  equal(code, 0, new TextDecoder().decode(stderr));
});
