import assert from "node:assert/strict";
import { tempDir } from "../tests/support/temp_dir.ts";
import { type HookOptions, runHook } from "./hook.ts";

interface Heard extends HookOptions {
  readonly lines: string[];
}

function heard(cwd: string, more: Partial<HookOptions> = {}): Heard {
  const lines: string[] = [];
  return { facts: {}, cwd, onLine: (line) => void lines.push(line), lines, ...more };
}

const posix = { ignore: Deno.build.os === "windows" };

Deno.test(
  "runHook() runs in the folder, with the facts, and passes every line on",
  posix,
  async () => {
    await using dir = await tempDir();
    const options = heard(dir.path, { facts: { DATABASE: "/a b/$x.db", ERROR: undefined } });
    const script = 'pwd; echo "$HOLDFAST_HOOK $HOLDFAST_HOOK_DATABASE"; ' +
      'echo "${HOLDFAST_HOOK_ERROR-none}" >&2; printf last';
    await runHook("afterBackup", ["sh", "-c", script], options);
    assert.deepEqual(
      [...options.lines].sort(),
      [
        dir.path,
        "afterBackup /a b/$x.db",
        "last",
        "none",
      ].sort(),
    );
  },
);

Deno.test("runHook() gives arguments as they are, without a shell", posix, async () => {
  await using dir = await tempDir();
  const options = heard(dir.path);
  await runHook("beforeBackup", ["echo", "$HOME; ls *"], options);
  assert.deepEqual(options.lines, ["$HOME; ls *"]);
});

Deno.test("runHook() throws by the job where it fails or cannot start", posix, async () => {
  await using dir = await tempDir();
  const options = heard(dir.path);
  await assert.rejects(runHook("beforeRestore", ["false"], options), {
    code: "RESTORE_FAILED",
    message: /"false" ended with exit code 1/,
  });
  await assert.rejects(runHook("beforeBackup", ["no-such-program"], options), {
    code: "BACKUP_FAILED",
    message: /there is no such program/,
  });
  await assert.rejects(runHook("beforeBackup", ["sh", "-c", "kill -9 $$"], options), {
    message: /ended with SIGKILL/,
  });
});

Deno.test(
  "runHook() ends one that takes too long, also one that heeds no signal",
  posix,
  async () => {
    await using dir = await tempDir();
    const options = heard(dir.path);
    const deaf = ["sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.2; done"];
    await assert.rejects(runHook("beforeBackup", { command: deaf, timeout: "3s" }, options), {
      code: "BACKUP_FAILED",
      message: /any longer than 3s/,
    });
    assert.deepEqual(options.lines, ["ready"]);
  },
);

Deno.test("runHook() ends with the signal", posix, async () => {
  await using dir = await tempDir();
  const controller = new AbortController();
  const options = heard(dir.path, {
    signal: controller.signal,
    onLine: () => controller.abort(),
  });
  const hook = ["sh", "-c", "echo ready; exec sleep 30"];
  await assert.rejects(runHook("beforeBackup", hook, options), { code: "CANCELLED" });
});

Deno.test("runHook() does not wait for what a hook leaves running", posix, async () => {
  await using dir = await tempDir();
  const options = heard(dir.path);
  await runHook("afterBackup", ["sh", "-c", "sleep 5 & echo started"], options);
  assert.deepEqual(options.lines, ["started"]);
});

Deno.test("runHook() takes a program by a path relative to its folder", posix, async () => {
  await using dir = await tempDir();
  await Deno.writeTextFile(dir.join("stop.sh"), "#!/bin/sh\necho stopped\n", { mode: 0o755 });
  const options = heard(dir.path);
  await runHook("beforeBackup", ["./stop.sh"], options);
  assert.deepEqual(options.lines, ["stopped"]);
});
