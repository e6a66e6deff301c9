import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { requireProgram } from "../support/require_program.ts";
import { bareEnvironment, resultOf, runHoldfast } from "../support/run_holdfast.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { Tmux } from "../support/tmux.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";

const cli = fileURLToPath(new URL("../../cli.ts", import.meta.url));

/** A folder with a database, its backup, a configuration, and `holdfast` on the PATH. */
async function folder(): Promise<TempDir & { readonly id: string }> {
  const dir = await tempDir();
  makeSampleDatabase(dir.join("app.db"));
  await Deno.writeTextFile(
    dir.join("holdfast.json"),
    JSON.stringify({
      databases: { shop: { path: "app.db" } },
      targets: { nas: { kind: "folder", settings: { path: "/mnt/nas" }, enabled: false } },
      notifiers: { desk: { kind: "webhook", settings: {} } },
    }),
  );
  const { stdout } = await runHoldfast(["backup", "shop", "--json"], { cwd: dir.path });
  const data = resultOf(stdout).data as { backups: { backup: { id: string } }[] };
  await Deno.mkdir(dir.join("bin"));
  const start = `#!/bin/sh\nexec '${Deno.execPath()}' run -q -A '${cli}' "$@"\n`;
  await Deno.writeTextFile(dir.join("bin/holdfast"), start, { mode: 0o755 });
  return Object.assign(dir, { id: data.backups[0]?.backup.id.slice(0, 8) ?? "" });
}

async function complete(dir: TempDir, ...words: readonly string[]): Promise<string[]> {
  const { stdout } = await runHoldfast(["complete", "--", ...words], { cwd: dir.path });
  return stdout.trimEnd().split("\n").map((line) => line.split("\t")[0] ?? "");
}

async function shell(dir: TempDir, program: string, script: string): Promise<string> {
  const { stdout, stderr } = await new Deno.Command(program, {
    args: ["-c", script],
    cwd: dir.path,
    env: { PATH: `${dir.join("bin")}:${Deno.env.get("PATH")}`, NO_COLOR: "1" },
  }).output();
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}

Deno.test("completeWords offers commands, options, their words, backup ids, names and files", async () => {
  await using dir = await folder();
  assert.deepEqual(await complete(dir, "und"), ["undo", "undelete", ":4"]);
  assert.deepEqual(await complete(dir, "backup", "--engine", "c"), ["clone", "compact", ":4"]);
  assert.deepEqual(await complete(dir, "restore", ""), ["latest", dir.id, ":4"]);
  assert.deepEqual(await complete(dir, "backup", "s"), ["shop", ":4"]);
  assert.deepEqual(await complete(dir, "restore", "--database", "app"), ["app.db", ":4"]);
  assert.ok((await complete(dir, "restore", "--j")).includes("--json"));
  assert.deepEqual(await complete(dir, "push", "--to", ""), ["nas", ":4"]);
  assert.deepEqual(await complete(dir, "pull", "--from", "n"), ["nas", ":4"]);
  assert.deepEqual(await complete(dir, "target", "check", ""), ["nas", ":4"]);
  assert.deepEqual(await complete(dir, "restore", "latest", "--to", "app"), ["app.db", ":4"]);
  assert.deepEqual(await complete(dir, "notify", "test", ""), ["desk", ":4"]);
  assert.deepEqual(await complete(dir, "config", "get", "schedule.j"), ["schedule.jitter", ":4"]);
  assert.deepEqual(await complete(dir, "help", "exit"), ["exit-codes", ":4"]);
  assert.deepEqual(await complete(dir, "nonsense", "x"), [":4"]);
});

Deno.test({
  ...requireProgram(["bash"], "completionsCommand: bash completes without bash-completion"),
  async fn() {
    await using dir = await folder();
    const said = await shell(
      dir,
      "bash",
      `source <(holdfast completions bash)
       COMP_WORDS=(holdfast restore ""); COMP_CWORD=2; COMP_LINE="holdfast restore "
       $(complete -p holdfast | sed 's/.*-F \\([^ ]*\\).*/\\1/')
       printf '%s\\n' "\${COMPREPLY[@]}"`,
    );
    assert.match(said, new RegExp(`^latest.*\\n${dir.id}`));
    const target = await shell(
      dir,
      "bash",
      `source <(holdfast completions bash)
       COMP_WORDS=(holdfast push --to ""); COMP_CWORD=3; COMP_LINE="holdfast push --to "
       $(complete -p holdfast | sed 's/.*-F \\([^ ]*\\).*/\\1/')
       printf '%s\\n' "\${COMPREPLY[@]}"`,
    );
    assert.match(target, /^nas/);
  },
});

Deno.test({
  ...requireProgram(["fish"], "completionsCommand: fish completes backups"),
  async fn() {
    await using dir = await folder();
    const script = `holdfast completions fish | source; complete -C "holdfast restore "`;
    assert.match(await shell(dir, "fish", script), new RegExp(`latest[^]*${dir.id}|${dir.id}`));
    const target = `holdfast completions fish | source; complete -C "holdfast push --to "`;
    assert.match(await shell(dir, "fish", target), /^nas\b/);
  },
});

Deno.test({
  ...requireProgram(["zsh"], "completionsCommand: zsh accepts its script"),
  async fn() {
    await using dir = await folder();
    const script = "autoload -U compinit; compinit -D -u; source <(holdfast completions zsh); " +
      "print ${_comps[holdfast]}";
    assert.match(await shell(dir, "zsh", script), /^_holdfast\n$/);
  },
});

Deno.test({
  ...requireProgram(["zsh", "tmux"], "completionsCommand: zsh completes a target at the tab key"),
  async fn() {
    await using dir = await folder();
    await Deno.writeTextFile(
      dir.join(".zshrc"),
      "PS1='ready> '; autoload -U compinit; compinit -D -u; source <(holdfast completions zsh)\n",
    );
    const path = `${dir.join("bin")}:${Deno.env.get("PATH")}`;
    const denoDir = bareEnvironment(dir.path).DENO_DIR;
    const words = `HOME=${dir.path} ZDOTDIR=${dir.path} DENO_DIR='${denoDir}' PATH='${path}'`;
    const command = `cd ${dir.path}; env ${words} TERM=screen zsh -d -i`;
    await using terminal = await Tmux.start(command, { folder: dir.path });
    await terminal.see("ready>");
    await terminal.press("holdfast push --to ", "Tab");
    await terminal.see("push --to nas");
    await terminal.press("C-u", `holdfast show ${dir.id.slice(0, 7)}`, "Tab");
    await terminal.see(`show ${dir.id}`);
  },
});
