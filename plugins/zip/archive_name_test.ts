import { equal, match } from "node:assert/strict";
import fc from "fast-check";
import { clashingName, nameProblem, windowsNameProblem } from "./archive_name.ts";

Deno.test("nameProblem takes ordinary names, in any script", () => {
  for (
    const name of ["database.sqlite", "files/a/b c.txt", "files/…/ü", "files/..a", "a.", "日本"]
  ) {
    equal(nameProblem(name), undefined, name);
  }
});

Deno.test("nameProblem refuses what leads elsewhere", () => {
  const hostile = [
    "",
    "../a",
    "a/../../b",
    "..",
    "/etc/passwd",
    "\\\\host\\a",
    "a\\..\\b",
    "C:/a",
    "C:a",
    "files/c:/x",
    "a//b",
    "a/./b",
    ".",
    "a/",
    "a\0b",
    "a\nb",
    "\ud800",
    `files/${"x".repeat(256)}`,
  ];
  for (const name of hostile) equal(typeof nameProblem(name), "string", JSON.stringify(name));
});

Deno.test("nameProblem lets nothing out of a folder, whatever the name", () => {
  const part = fc.oneof(fc.constantFrom("..", ".", "", "a", "C:", "\\..", "x"), fc.string());
  fc.assert(fc.property(fc.array(part, { minLength: 1 }), (parts) => {
    const name = parts.join("/");
    if (nameProblem(name) !== undefined) return;
    const url = new URL(`file:///into/${name.split("/").map(encodeURIComponent).join("/")}`);
    match(url.pathname, /^\/into\/./);
  }));
});

Deno.test("windowsNameProblem refuses devices and names that Windows changes", () => {
  for (const name of ["files/NUL", "con.txt", "files/a.", "files/b ", "a:b", "a?"]) {
    equal(typeof windowsNameProblem(name), "string", name);
  }
  equal(windowsNameProblem("files/console.txt"), undefined);
});

Deno.test("clashingName finds duplicates in every form", () => {
  for (
    const pair of [["a", "a"], ["files/A", "files/a"], ["\u00e9", "e\u0301"], ["Ü", "u\u0308"]]
  ) {
    equal(clashingName(pair)?.name, pair[1], pair.join(" "));
  }
  equal(clashingName(["a", "b", "files/a"]), undefined);
});

Deno.test("clashingName finds a file where a folder is needed", () => {
  equal(clashingName(["files/a", "files/A/b"])?.name, "files/A/b");
  equal(clashingName(["files/a/b/c", "files/a/b"])?.name, "files/a/b/c");
});

Deno.test("clashingName finds what SQLite would apply to a database", () => {
  for (const sidecar of ["-wal", "-shm", "-journal", "-WAL"]) {
    const name = `database.sqlite${sidecar}`;
    equal(clashingName([name])?.name, name);
    equal(clashingName(["x.db", `X.DB${sidecar}`])?.name, `X.DB${sidecar}`);
  }
  equal(clashingName(["database.sqlite", "files/other.db", "files/other.db-wal"]), undefined);
});
