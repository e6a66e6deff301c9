import { equal, match } from "node:assert/strict";
import { userName } from "./user_name.ts";

const module = new URL("./user_name.ts", import.meta.url).href;

/** What a process with these permissions says. */
async function saidWith(...permissions: readonly string[]): Promise<string> {
  const code = `import { userName } from ${JSON.stringify(module)}; console.log(userName());`;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", ...permissions, "data:text/typescript," + encodeURIComponent(code)],
  }).output();
  return new TextDecoder().decode(stdout).trim();
}

Deno.test("userName tells as much as may be known, and asks for nothing", async () => {
  const read = `--allow-read=${new URL(".", import.meta.url).pathname}`;
  const imports = "--allow-import";
  const [none, uid, all] = await Promise.all([
    saidWith(read, imports),
    saidWith(read, imports, "--allow-sys=uid"),
    saidWith(read, imports, "--allow-sys=uid,gid,username"),
  ]);
  equal(none, "null");
  if (Deno.build.os !== "windows") equal(uid, `uid ${Deno.uid()}`);
  match(all ?? "", /^(?!null$).+/);
  equal(userName(), all);
});
