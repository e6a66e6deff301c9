import assert from "node:assert/strict";
import { requireProgram } from "../support/require_program.ts";
import { bareEnvironment, programPath, runHoldfast } from "../support/run_holdfast.ts";
import {
  countRows,
  ENDLESS,
  execSql,
  makeLargeDatabase,
  makeSampleDatabase,
} from "../support/sample_database.ts";
import { tempDir } from "../support/temp_dir.ts";
import { TmuxScreen } from "../support/tmux_screen.ts";

const holdfast = `'${Deno.execPath()}' run -q -A '${programPath}'`;

interface Prepared extends AsyncDisposable {
  readonly path: string;
  readonly screen: TmuxScreen;
}

/** A terminal in a folder with a database and one backup of it. */
async function prepared(
  columns: number,
  env: Readonly<Record<string, string>> = {},
): Promise<Prepared> {
  const dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  const ran = await runHoldfast(["backup", "app.db", "--note", "first"], { cwd: dir.path });
  assert.equal(ran.code, 0, ran.stderr);
  const screen = await TmuxScreen.open({
    cwd: dir.path,
    columns,
    rows: 30,
    env: { ...bareEnvironment(dir.path), ...env },
  });
  return {
    path: dir.path,
    screen,
    async [Symbol.asyncDispose]() {
      await screen[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
}

Deno.test({
  ...requireProgram(
    ["tmux"],
    "holdfast restore asks on a terminal; yes restores, undo brings it back",
  ),
  fn: async () => {
    await using at = await prepared(100);
    execSql(`${at.path}/app.db`, "DELETE FROM works");
    await at.screen.type(`${holdfast} restore latest --database app.db; echo code=$?`);
    const asked = await at.screen.waitFor("Go on?");
    assert.match(asked, /works\s+0\s+3\s+\+3/);
    assert.ok(asked.includes("replaces the current state"), asked);
    assert.ok(asked.includes("safety backup"), asked);
    await at.screen.press("y");
    await at.screen.waitFor("code=0");
    assert.equal(countRows(`${at.path}/app.db`, "works"), 3);
    await at.screen.typeAfresh(`${holdfast} undo --database app.db; echo code=$?`);
    await at.screen.waitFor("Go on?");
    await at.screen.press("y");
    await at.screen.waitFor("code=0");
    assert.equal(countRows(`${at.path}/app.db`, "works"), 0);
  },
});

Deno.test({
  ...requireProgram(["tmux"], "holdfast restore changes nothing on no, escape and Ctrl-C"),
  fn: async () => {
    await using at = await prepared(100);
    execSql(`${at.path}/app.db`, "DELETE FROM works");
    for (const key of ["n", "Escape", "C-c"]) {
      await at.screen.typeAfresh(`${holdfast} restore latest --database app.db; echo code=$?`);
      await at.screen.waitFor("Go on?");
      await at.screen.press(key);
      const seen = await at.screen.waitFor(/^code=\d/m);
      assert.match(seen, /code=130/, key);
      assert.ok(await at.screen.hasCursor(), key);
    }
    assert.equal(countRows(`${at.path}/app.db`, "works"), 0);
    const { stdout } = await runHoldfast(["list", "app.db"], { cwd: at.path });
    assert.equal(stdout.trimEnd().split("\n").length, 2);
  },
});

Deno.test({
  ...requireProgram(["tmux"], "holdfast fits into 40 columns"),
  fn: async () => {
    await using at = await prepared(40);
    await at.screen.typeAfresh(`${holdfast} list app.db; echo code=$?`);
    const seen = await at.screen.waitFor("code=0");
    assert.match(seen, /ID +TAKEN/);
    const rows = seen.split("\n").filter((line) => /TAKEN|\d{4}-\d{2}-\d{2} /.test(line));
    assert.equal(rows.length, 2, seen);
    for (const row of rows) assert.ok(row.length <= 40, row);
    await at.screen.typeAfresh(`${holdfast} prune app.db --explain; echo code=$?`);
    const why = await at.screen.waitFor("code=0");
    assert.match(why, /^ {2}the newest good backup is never\n {2}deleted$/m);
    await at.screen.typeAfresh(`${holdfast} backup app.db; echo code=$?`);
    const done = await at.screen.waitFor("code=0");
    assert.ok(!done.includes("copying"), `the progress line stays: ${done}`);
    assert.ok(await at.screen.hasCursor());
  },
});

for (
  const [name, env, flag, coloured] of [
    ["has colours", {}, "", true],
    ["has none with NO_COLOR", { NO_COLOR: "1" }, "", false],
    ["has none with --no-color", {}, "--no-color", false],
    ["has none and moves no cursor with TERM=dumb", { TERM: "dumb" }, "", false],
  ] as const
) {
  Deno.test({
    ...requireProgram(["tmux"], `holdfast on a terminal ${name}`),
    fn: async () => {
      await using at = await prepared(100, env);
      const term = "TERM" in env ? "TERM=dumb " : "";
      // What runs the tests may have turned colours off for itself.
      if (coloured) await at.screen.type("unset NO_COLOR");
      await at.screen.typeAfresh(
        `${term}${holdfast} verify ${flag} --database app.db; ${term}${holdfast} ${flag} nope; echo code=$?`,
      );
      await at.screen.waitFor("code=2");
      const painted = await at.screen.painted();
      // deno-lint-ignore no-control-regex -- colours are what is looked for
      assert.equal(/\u001b\[3[0-9]m/.test(painted), coloured, painted);
      if (term !== "") assert.match(await at.screen.text(), /^checking$/m);
    },
  });
}

Deno.test({
  ...requireProgram(
    ["tmux"],
    "holdfast backup stops at Ctrl-C in a terminal, with a clean line and cursor",
  ),
  fn: async () => {
    await using at = await prepared(100);
    makeLargeDatabase(`${at.path}/large.db`);
    await at.screen.typeAfresh(`${holdfast} backup large.db --assert '${ENDLESS}'; echo code=$?`);
    await at.screen.waitFor(/^(copying|checking|hashing)/m);
    await at.screen.press("C-c");
    const seen = await at.screen.waitFor(/^code=\d/m);
    assert.match(seen, /^code=130$/m);
    assert.match(seen, /^error CANCELLED: Stopped before it ended$/m);
    assert.ok(await at.screen.hasCursor());
  },
});

Deno.test({
  ...requireProgram(
    ["tmux"],
    "holdfast init asks which of the databases it found; Ctrl-C writes nothing",
  ),
  fn: async () => {
    await using at = await prepared(100);
    makeSampleDatabase(`${at.path}/other.db`);
    const path = `${at.path}/holdfast.json`;
    await at.screen.typeAfresh(`${holdfast} init; echo code=$?`);
    await at.screen.waitFor(/app\.db[^]*other\.db/);
    await at.screen.press("C-c");
    await at.screen.waitFor("code=130");
    await assert.rejects(Deno.lstat(path), Deno.errors.NotFound);
    await at.screen.typeAfresh(`${holdfast} init; echo code=$?`);
    await at.screen.waitFor(/app\.db[^]*other\.db/);
    await at.screen.press("Enter");
    await at.screen.waitFor("Please select at least one option");
    await at.screen.press("Down");
    await at.screen.press("Space");
    await at.screen.press("Enter");
    await at.screen.waitFor("code=0");
    assert.match(await Deno.readTextFile(path), /"database": "other\.db"/);
  },
});
