import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { makeProgram } from "../../cli/program.ts";
import { startSession } from "../../cli/session.ts";
import { bareEnvironment, programPath } from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { tempDir } from "../support/temp_dir.ts";

const docs = fileURLToPath(new URL("../../docs", import.meta.url));

/** What a person types after a page, line by line; `commands.md` is tried as help. */
async function typed(page: string): Promise<readonly string[]> {
  const text = await Deno.readTextFile(`${docs}/${page}`);
  return [...text.matchAll(/^```sh\n([^]*?)^```/gm)].flatMap(([, block = ""]) =>
    block.split("\n").map((line) => line.replace(/\s+#.*$/, ""))
      .filter((line) => line.startsWith("holdfast "))
  );
}

const pages = [...Deno.readDirSync(docs)].map(({ name }) => name)
  .filter((name) => name.endsWith(".md") && name !== "commands.md");

Deno.test("docs/*.md: the program knows every command and option that they name", async () => {
  const session = await startSession([], new AbortController().signal);
  let count = 0;
  for (const page of pages) {
    for (const line of await typed(page)) {
      const program = await makeProgram(session, "*");
      const called: string[] = [];
      const all = program.commands.flatMap((each) => [each, ...each.commands]);
      for (const command of all) command.action(() => void called.push(command.name()));
      const words = line.split(/ [<>|] /)[0]?.split(" ").slice(1) ?? [];
      await program.parseAsync(words, { from: "user" }).catch((error: unknown) => {
        assert.fail(`${page}: ${line}: ${String(error)}`);
      });
      assert.equal(called.length, 1, `${page}: ${line}`);
      count++;
    }
  }
  assert.ok(count > 30, `only ${count} lines`);
});

Deno.test({
  name: "docs/quick_start.md and docs/collection.md: what is typed there works, line by line",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using dir = await tempDir();
    makeSampleDatabase(dir.join("app.db"));
    await Deno.mkdir(dir.join("usb"));
    // A terminal, the services of the system and what it lacks are tried by tests of their own.
    const apart = /holdfast (tui|doctor|schedule install)/;
    const lines = [...await typed("quick_start.md"), ...await typed("collection.md")]
      .filter((line) => !apart.test(line));
    assert.ok(lines.length > 12);
    const script = lines.map((line) =>
      line.replace("/media/usb", "usb").replace(/^(holdfast (restore|undo) .*)$/, "$1 --yes")
    ).join("\n");
    const holdfast = `holdfast() { '${Deno.execPath()}' run -q -A '${programPath}' "$@"; }\n`;
    const { code, stdout, stderr } = await new Deno.Command("sh", {
      args: ["-e", "-c", holdfast + script],
      cwd: dir.path,
      clearEnv: true,
      env: bareEnvironment(dir.path),
      stdin: "null",
    }).output();
    const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
    assert.equal(code, 0, `${script}\n${said}`);
  },
});
