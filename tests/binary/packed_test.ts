import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { packProgram } from "../../cli/binary/pack_program.ts";
import { requireProgram } from "../support/require_program.ts";
import { makeSampleDatabase } from "../support/sample_database.ts";
import { type TempDir, tempDir } from "../support/temp_dir.ts";
import { Tmux } from "../support/tmux.ts";

/** All that the executable may find on its PATH: no Deno, no Node. */
const programs = "sh tar gzip tail mktemp mkdir mv rm id cp".split(" ");

let place: TempDir;

Deno.test.beforeAll(async () => {
  if (Deno.build.os === "windows") return;
  place = await tempDir();
  await packProgram(place.join("holdfast"));
  await Deno.mkdir(place.join("bin"));
  for (const program of programs) {
    await Deno.symlink(await whereIs(program), place.join("bin", program));
  }
});

Deno.test.afterAll(async () => {
  await place?.[Symbol.asyncDispose]();
});

async function whereIs(program: string): Promise<string> {
  const { stdout } = await new Deno.Command("sh", { args: ["-c", `command -v ${program}`] })
    .output();
  return new TextDecoder().decode(stdout).trim();
}

function environment(home: string): Record<string, string> {
  return { HOME: home, PATH: place.join("bin"), TZ: "UTC", LANG: "C.UTF-8" };
}

async function holdfast(dir: TempDir, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(dir, args);
  assert.equal(code, 0, stderr);
  return stdout;
}

async function run(
  dir: TempDir,
  args: readonly string[],
  env: Readonly<Record<string, string>> = environment(dir.path),
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const decoder = new TextDecoder();
  const { code, stdout, stderr } = await new Deno.Command(place.join("holdfast"), {
    args: [...args],
    cwd: dir.path,
    clearEnv: true,
    env,
    stdin: "null",
  }).output();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

const posix = { ignore: Deno.build.os === "windows" };

Deno.test({
  ...posix,
  name: "packProgram: one file backs up, restores and undoes on a PATH without deno or node",
  async fn() {
    await using dir = await tempDir();
    makeSampleDatabase(dir.join("app.db"));
    assert.match(await holdfast(dir, "--version"), /^holdfast .+ \(Deno .+, SQLite .+\)/);
    assert.match(await holdfast(dir, "backup", "app.db"), /4 records in 2 tables {2}checked/);
    using app = new DatabaseSync(dir.join("app.db"));
    const count = (): unknown => app.prepare("SELECT count(*) AS n FROM works").get()?.n;
    app.exec("DELETE FROM works");
    await holdfast(dir, "restore", "latest", "--database", "app.db", "--yes");
    assert.equal(count(), 3);
    await holdfast(dir, "undo", "--database", "app.db", "--yes");
    assert.equal(count(), 0);
    // VACUUM INTO needs an engine with every permission.
    assert.match(await holdfast(dir, "backup", "app.db", "--engine", "compact"), /compact/);
    assert.match(await holdfast(dir, "list", "app.db"), /manual/);
  },
});

Deno.test({
  ...posix,
  name: "packProgram: a bundled ZIP target and a plugin by its path take copies",
  async fn() {
    await using dir = await tempDir();
    makeSampleDatabase(dir.join("app.db"));
    await holdfast(dir, "plugin", "new", "shelf");
    await Deno.mkdir(dir.join("zips"));
    const target = { kind: "zip", settings: { folder: "zips" } };
    const shelf = { kind: "shelf", settings: { place: "here" } };
    await Deno.writeTextFile(
      dir.join("holdfast.json"),
      JSON.stringify({
        database: "app.db",
        plugins: ["./shelf/mod.ts"],
        targets: { target, shelf },
      }),
    );
    // Each plugin is loaded for it, with the packages that it needs.
    assert.match(await holdfast(dir, "plugin", "list"), /^sftp {2}[^]*^shelf {2}/m);
    await holdfast(dir, "backup");
    await holdfast(dir, "push");
    const names: string[] = [];
    for await (const { name, isDirectory } of Deno.readDir(dir.join("zips"))) {
      // Beside the archives lies the file by which the place is known again.
      if (isDirectory) names.push(name);
    }
    assert.ok(names.length > 0);
    const zips = await Array.fromAsync(Deno.readDir(dir.join("zips", names[0] ?? "")));
    assert.ok(zips.some(({ name }) => name.endsWith(".zip")), JSON.stringify({ names, zips }));
    await holdfast(dir, "restore", "latest", "--target", "target", "--to", "copy.db");
    using copy = new DatabaseSync(dir.join("copy.db"), { readOnly: true });
    assert.equal(copy.prepare("SELECT count(*) AS n FROM works").get()?.n, 3);
  },
});

Deno.test({
  ...posix,
  name: "packProgram: it unpacks once, for its owner alone, also where two start at once",
  async fn() {
    await using dir = await tempDir();
    await Promise.all([holdfast(dir, "--version"), holdfast(dir, "--version")]);
    const cache = dir.join(".cache/holdfast");
    const folders = (await Array.fromAsync(Deno.readDir(cache))).map(({ name }) => name);
    assert.equal(folders.length, 1, folders.join(" "));
    const home = `${cache}/${folders[0]}`;
    assert.equal(((await Deno.stat(home)).mode ?? 0) & 0o777, 0o700);
    assert.deepEqual(
      (await Array.fromAsync(Deno.readDir(home))).map(({ name }) => name).sort(),
      ["app", "deno"],
    );
  },
});

Deno.test({
  ...posix,
  name: "packProgram: where it cannot unpack it says where, and what to do",
  async fn() {
    await using dir = await tempDir();
    await Deno.writeTextFile(dir.join("file"), "");
    const env = { ...environment(dir.path), HOLDFAST_CACHE: dir.join("file") };
    const { code, stderr } = await run(dir, ["--version"], env);
    assert.equal(code, 1);
    assert.match(stderr, /Cannot unpack into .*file\n.*HOLDFAST_CACHE/);
  },
});

Deno.test({
  ...posix,
  name: "packProgram: a module of the user imports the plugin contract by its name",
  async fn() {
    await using dir = await tempDir();
    await holdfast(dir, "--version");
    const [home] = await Array.fromAsync(Deno.readDir(dir.join(".cache/holdfast")));
    const unpacked = dir.join(".cache/holdfast", home?.name ?? "");
    await Deno.writeTextFile(
      dir.join("mine.ts"),
      `import { definePlugin } from "@holdfast/holdfast/plugin";
       import { checkTarget } from "@holdfast/holdfast/testing";
       console.log(typeof definePlugin, typeof checkTarget);`,
    );
    const { stdout, stderr } = await new Deno.Command(`${unpacked}/deno`, {
      args: [
        "run",
        "-q",
        "--no-lock",
        "--config",
        `${unpacked}/app/deno.json`,
        dir.join("mine.ts"),
      ],
      env: { NO_COLOR: "1" },
    }).output();
    assert.equal(
      new TextDecoder().decode(stdout),
      "function function\n",
      new TextDecoder().decode(stderr),
    );
  },
});

Deno.test({
  ...requireProgram(["tmux"], "packProgram: the terminal UI opens, and leaves a clean terminal"),
  async fn() {
    await using dir = await tempDir();
    makeSampleDatabase(dir.join("app.db"));
    await holdfast(dir, "backup", "app.db");
    const words = Object.entries(environment(dir.path)).map(([key, value]) => `${key}=${value}`);
    const command = `cd ${dir.path}; /usr/bin/env -i TERM=screen ${words.join(" ")} ${
      place.join("holdfast")
    }; echo "EXIT=$?"; sleep 600`;
    await using terminal = await Tmux.start(command, { folder: dir.path });
    await terminal.see("1 backup");
    await terminal.press("q");
    await terminal.see("EXIT=0");
  },
});

const another = requireProgram(
  ["tmux", "setpriv"],
  "packProgram: another user works in the terminal of root",
);

Deno.test({
  ...another,
  // Only root has another user at hand.
  ignore: another.ignore || !(Deno.build.os === "linux" && Deno.uid() === 0),
  async fn() {
    await using dir = await tempDir();
    makeSampleDatabase(dir.join("app.db"));
    const config = dir.join("holdfast.json");
    await Deno.writeTextFile(config, '{ "database": "app.db" }');
    await Deno.chmod(config, 0o444);
    for (const path of [dir.path, dir.join("app.db")]) await Deno.chown(path, 65534, 65534);
    await Deno.chmod(place.path, 0o711);
    const words = Object.entries(environment(dir.path)).map(([key, value]) => `${key}=${value}`);
    const other = "setpriv --reuid=65534 --regid=65534 --clear-groups";
    const program = `${other} env -i TERM=screen ${words.join(" ")} ${place.join("holdfast")}`;
    const command = `cd ${dir.path}; ${program}; echo "EXIT=$?"; sleep 600`;
    await using terminal = await Tmux.start(command, { folder: place.path });
    // What is done shows without another key: the terminal keeps nobody waiting.
    await terminal.see("none yet");
    await terminal.press("b");
    await terminal.see("1 backup");
    // A file that is read-only is not replaced, though its folder would let that happen.
    await terminal.press(",");
    await terminal.see("Where the backups lie");
    await terminal.press("Enter");
    await terminal.see("now from: default");
    await terminal.press("x", "Enter");
    await terminal.see("✖ Cannot change");
    await terminal.press("d", "q");
    await terminal.see("EXIT=0");
    assert.equal((await Deno.stat(config)).uid, 0);
  },
});
