import { equal, throws } from "node:assert/strict";
import { HoldfastError } from "../errors.ts";
import { includedNameProblem, includeMatcher, isLiveDatabase } from "./included_files.ts";

/** The names that the rules take. */
function taken(
  names: readonly string[],
  include: readonly string[],
  exclude: readonly string[] = [],
) {
  const matcher = includeMatcher({ include, exclude });
  return names.filter((name) => matcher.ruleFor(name) !== undefined).join(" ");
}

const names = ["prefs.json", "docs/a.txt", "docs/deep/b.pdf", "docs/.hidden/c.txt", "other/a.txt"];

Deno.test("includeMatcher takes files, folders and patterns", () => {
  equal(taken(names, ["prefs.json"]), "prefs.json");
  equal(taken(names, ["./docs/"]), "docs/a.txt docs/deep/b.pdf docs/.hidden/c.txt");
  equal(taken(names, ["docs/**"]), "docs/a.txt docs/deep/b.pdf");
  equal(taken(names, ["**/*.txt"]), "docs/a.txt other/a.txt");
  equal(taken(names, ["*/?.{txt,pdf}"]), "docs/a.txt other/a.txt");
  equal(taken(names, ["."]), names.join(" "));
  equal(taken(names, []), "");
});

Deno.test("includeMatcher leaves out what is excluded, whole folders too", () => {
  equal(taken(names, ["."], ["docs"]), "prefs.json other/a.txt");
  equal(taken(names, ["docs"], ["**/deep", "docs/.hidden"]), "docs/a.txt");
  equal(taken(names, ["."], ["**/*.txt", "docs/.hidden/**"]), "prefs.json docs/deep/b.pdf");
});

Deno.test("includeMatcher leaves out a name without a slash wherever it stands, as .gitignore does", () => {
  const all = [
    "a.tmp",
    "docs/b.tmp",
    "docs/deep/c.tmp",
    "docs/cache/d.txt",
    "cache/e.txt",
    "f.txt",
  ];
  equal(taken(all, ["."], ["*.tmp"]), "docs/cache/d.txt cache/e.txt f.txt");
  equal(taken(all, ["docs"], ["*.tmp", "cache/"]), "");
  equal(
    taken(all, ["."], ["./cache", "docs/*.tmp"]),
    "a.tmp docs/deep/c.tmp docs/cache/d.txt f.txt",
  );
  // What is included is looked for where it is said to be.
  equal(taken(all, ["*.tmp"]), "a.tmp");
  equal(taken(all, ["cache"]), "cache/e.txt");
});

Deno.test("includeMatcher takes a name with wildcards literally too", () => {
  equal(taken(["a[1].txt", "a1.txt"], ["a[1].txt"]), "a[1].txt a1.txt");
});

Deno.test("includeMatcher looks no further than it must", () => {
  const { rules } = includeMatcher({
    include: ["docs/2026/*.pdf", "prefs.json", "**/x"],
    exclude: [],
  });
  equal(rules.map(({ base }) => base).join(" "), "docs/2026 prefs.json .");
});

Deno.test("includeMatcher refuses rules that lead out of the folder", () => {
  for (const rule of ["../a", "/etc", "a/../../b", "", "C:/a"]) {
    throws(
      () => includeMatcher({ include: [rule], exclude: [] }),
      (error) => error instanceof HoldfastError && error.code === "CONFIG_INVALID",
    );
  }
});

Deno.test("includedNameProblem protects the database and what SQLite applies to it", () => {
  for (const name of ["app.db", "APP.db", "app.db-wal", "app.db-journal", "App.DB-shm"]) {
    equal(includedNameProblem(name, "/data/app.db"), "database", name);
  }
  for (const name of ["app.db.bak", "docs/app.db", "app.db-walx", "prefs.json"]) {
    equal(includedNameProblem(name, "/data/app.db"), undefined, name);
  }
});

Deno.test("includedNameProblem refuses names that lead elsewhere", () => {
  for (const name of ["../a", "/a", "a/../b"]) equal(includedNameProblem(name, "a.db"), "outside");
  for (const name of ["a\\b", "a\nb", "c:/x", "a//b", "", "./a"]) {
    equal(includedNameProblem(name, "a.db"), "name", JSON.stringify(name));
  }
});

Deno.test("isLiveDatabase tells a database in use by the names beside it", () => {
  const siblings = new Set(["a.db", "a.db-wal", "b.db"]);
  equal(isLiveDatabase("a.db", siblings), true);
  equal(isLiveDatabase("a.db-wal", siblings), true);
  equal(isLiveDatabase("b.db", siblings), false);
});
