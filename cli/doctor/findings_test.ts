import assert from "node:assert/strict";
import type { Finding, Probe } from "./finding.ts";
import { folderFindings } from "./folder_findings.ts";
import { permissionFindings } from "./permission_findings.ts";
import { programFindings } from "./program_findings.ts";
import { terminalFindings } from "./terminal_findings.ts";
import { compareVersions, versionFindings } from "./version_findings.ts";

/** A machine that has everything. */
const whole: Probe = {
  os: "linux",
  versions: { deno: "2.9.6", sqlite: "3.53.2" },
  standalone: false,
  copier: { path: "/bin/cp", isThere: true },
  permission: () => Promise.resolve("granted"),
  program: (name) => Promise.resolve({ path: `/usr/bin/${name}` }),
  unwritable: () => Promise.resolve(undefined),
};

const folders = { configuration: "/c", state: "/s", temporary: "/t" };

function statusOf(findings: readonly Finding[], name: string): string | undefined {
  return findings.find((each) => each.name === name)?.status;
}

Deno.test("doctor: a whole machine misses nothing, and needs no hint", async () => {
  const all = [
    ...versionFindings(whole),
    ...await permissionFindings(whole),
    ...await programFindings(whole, new Set()),
    ...await folderFindings(whole, folders),
  ];
  assert.deepEqual(all.filter(({ status, hint }) => status !== "ok" || hint !== undefined), []);
});

Deno.test("versionFindings tells an old Deno and an old SQLite, and how to get new ones", () => {
  const old = versionFindings({ ...whole, versions: { deno: "2.8.4", sqlite: "3.51.2" } });
  assert.deepEqual(old.map(({ status }) => status), ["missing", "missing"]);
  assert.match(old[0]?.hint ?? "", /deno upgrade/);
});

Deno.test("compareVersions compares numbers, not letters", () => {
  assert.ok(compareVersions("2.10.0", "2.9.6") > 0);
  assert.ok(compareVersions("3.51.3", "3.51.3") === 0);
  assert.ok(compareVersions("2.9.0-rc.1+abc", "2.9.1") < 0);
});

Deno.test("permissionFindings: without the network and free space work goes on, without run not", async () => {
  const denied = await permissionFindings({
    ...whole,
    permission: (name, kind) =>
      Promise.resolve(["net", "run"].includes(name) || kind === "statfs" ? "denied" : "granted"),
  });
  assert.equal(statusOf(denied, "--allow-run"), "missing");
  assert.equal(statusOf(denied, "--allow-net"), "optional");
  assert.equal(statusOf(denied, "--allow-sys=statfs"), "optional");
  assert.equal(statusOf(denied, "--allow-sys=uid"), "ok");
});

Deno.test("programFindings: a program that the configuration asks for is missing, others are optional", async () => {
  const bare: Probe = {
    ...whole,
    program: () => Promise.resolve(undefined),
    copier: { path: "/bin/cp", isThere: false },
  };
  const found = await programFindings(bare, new Set(["rclone"]));
  assert.equal(statusOf(found, "rclone"), "missing");
  assert.equal(statusOf(found, "age"), "optional");
  assert.equal(statusOf(found, "cp"), "optional");
  for (const { name, hint } of found) assert.ok(hint !== undefined && hint !== "", name);
});

Deno.test("programFindings speaks of no program that the system does not know", async () => {
  for (const os of ["darwin", "windows"] as const) {
    const bare = { ...whole, os, copier: undefined, program: () => Promise.resolve(undefined) };
    const found = await programFindings(bare, new Set());
    assert.ok(found.every(({ hint }) => hint !== undefined && hint !== ""), os);
    assert.equal(statusOf(found, "systemctl"), undefined);
  }
});

Deno.test("folderFindings says why a folder cannot be written, and that there is no home", async () => {
  const full = { ...whole, unwritable: () => Promise.resolve("PermissionDenied in /s") };
  const found = await folderFindings(full, { ...folders, configuration: undefined });
  assert.equal(statusOf(found, "state folder"), "missing");
  assert.equal(statusOf(found, "configuration folder"), "optional");
  assert.match(found[0]?.hint ?? "", /HOME/);
});

Deno.test("terminalFindings says what a terminal cannot do", () => {
  const facts = {
    stdinIsTerminal: true,
    stdoutIsTerminal: true,
    color: true,
    os: "linux",
  } as const;
  const good = terminalFindings({ ...facts, env: { TERM: "xterm", LANG: "de_DE.UTF-8" } });
  assert.deepEqual(good.map(({ status }) => status), ["ok", "ok", "ok"]);
  const dumb = terminalFindings({ ...facts, env: { TERM: "dumb", LANG: "C" } });
  assert.deepEqual(dumb.map(({ status }) => status), ["optional", "optional", "ok"]);
  assert.match(dumb[0]?.found ?? "", /TERM=dumb/);
});
