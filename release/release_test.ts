import assert from "node:assert/strict";
import { requireProgram } from "../tests/support/require_program.ts";
import { type TempDir, tempDir } from "../tests/support/temp_dir.ts";
import { cutChangelog } from "./cut_changelog.ts";
import { nextVersion } from "./next_version.ts";
import { release, type ReleaseOptions } from "./release.ts";

Deno.test("nextVersion() steps by semantic version, or takes a version that is not older", () => {
  assert.equal(nextVersion("0.1.9", "patch"), "0.1.10");
  assert.equal(nextVersion("0.1.9", "minor"), "0.2.0");
  assert.equal(nextVersion("0.1.9", "major"), "1.0.0");
  assert.equal(nextVersion("0.1.0", "0.1.0"), "0.1.0");
  assert.equal(nextVersion("0.9.0", "0.10.0"), "0.10.0");
  for (const wanted of ["0.0.9", "1", "v2.0.0", "01.0.0", "1.0.0-rc.1", "huge"]) {
    assert.throws(() => nextVersion("0.1.0", wanted), /Cannot release/, wanted);
  }
});

Deno.test("cutChangelog() gives what is unreleased its version, and refuses where nothing is", () => {
  const before = "# Changes\n\n## Unreleased\n\n- New.\n\n## 0.1.0, 2026-01-01\n\n- First.\n";
  const after = cutChangelog(before, { version: "0.2.0", date: "2026-02-03" });
  assert.equal(
    after,
    "# Changes\n\n## Unreleased\n\n## 0.2.0, 2026-02-03\n\n- New.\n\n## 0.1.0, 2026-01-01\n\n- First.\n",
  );
  const again = (): string => cutChangelog(after, { version: "0.3.0", date: "2026-03-04" });
  assert.throws(again, /nothing under Unreleased/);
});

/** A clone with one commit. */
async function clone(): Promise<TempDir> {
  const dir = await tempDir();
  await Deno.writeTextFile(dir.join("deno.json"), '{\n  "name": "x",\n  "version": "0.1.0"\n}\n');
  await Deno.writeTextFile(dir.join("CHANGELOG.md"), "# Changes\n\n## Unreleased\n\n- New.\n");
  await git(dir, "init", "--quiet");
  await git(dir, "config", "user.name", "Someone");
  await git(dir, "config", "user.email", "someone@example.org");
  await git(dir, "add", ".");
  await git(dir, "commit", "--quiet", "--message", "First");
  return dir;
}

async function git(dir: TempDir, ...args: readonly string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command("git", {
    args: [...args],
    cwd: dir.path,
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trim();
}

function optionsFor(dir: TempDir, given: Partial<ReleaseOptions> = {}): ReleaseOptions {
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    root: dir.path,
    wanted: "minor",
    date: "2026-02-03",
    dryRun: false,
    generate: nothing,
    gate: nothing,
    say: () => undefined,
    ...given,
  };
}

const withGit = (name: string): ReturnType<typeof requireProgram> => requireProgram(["git"], name);

Deno.test({
  ...withGit("release() bumps, generates, passes the gate, commits and tags, in this order"),
  async fn() {
    await using dir = await clone();
    const steps: string[] = [];
    const step = (name: string) => async (): Promise<void> => {
      const { version } = JSON.parse(await Deno.readTextFile(dir.join("deno.json")));
      steps.push(`${name} of ${version}`);
    };
    const options = optionsFor(dir, { generate: step("pages"), gate: step("gate") });
    assert.equal(await release(options), "0.2.0");
    assert.deepEqual(steps, ["pages of 0.2.0", "gate of 0.2.0"]);
    assert.equal(await git(dir, "status", "--porcelain"), "");
    assert.equal(await git(dir, "log", "-1", "--format=%s"), "Release 0.2.0");
    assert.equal(await git(dir, "describe"), "v0.2.0");
    assert.match(await Deno.readTextFile(dir.join("CHANGELOG.md")), /## 0\.2\.0, 2026-02-03/);
    await assert.rejects(release(optionsFor(dir)), /nothing under Unreleased/);
  },
});

Deno.test({
  ...withGit(
    "release() refuses a tree that is not clean and a tag that is there; --dry-run changes nothing",
  ),
  async fn() {
    await using dir = await clone();
    assert.equal(await release(optionsFor(dir, { dryRun: true })), "0.2.0");
    assert.equal(await git(dir, "status", "--porcelain"), "");
    assert.equal(await git(dir, "tag"), "");
    await Deno.writeTextFile(dir.join("new.txt"), "");
    await assert.rejects(release(optionsFor(dir)), /not clean[^]*new\.txt/);
    await Deno.remove(dir.join("new.txt"));
    await git(dir, "tag", "v0.2.0");
    await assert.rejects(release(optionsFor(dir)), /v0\.2\.0 is there/);
  },
});

Deno.test({
  ...withGit("release() leaves the tree as it was where the gate is not passed"),
  async fn() {
    await using dir = await clone();
    const gate = (): Promise<void> => Promise.reject(new Error("a test failed"));
    await assert.rejects(release(optionsFor(dir, { gate })), /a test failed/);
    assert.equal(await git(dir, "status", "--porcelain"), "");
    assert.equal(await git(dir, "tag"), "");
    assert.equal(await git(dir, "log", "--format=%s"), "First");
  },
});
