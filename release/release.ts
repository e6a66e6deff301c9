/**
 * Makes a release: version, changelog, generated pages, the gate, commit, tag.
 *
 * @module
 */

import { cutChangelog } from "./cut_changelog.ts";
import { nextVersion } from "./next_version.ts";

/** What {@linkcode release} is given. */
export interface ReleaseOptions {
  /** The folder of the clone. */
  readonly root: string;
  /** `patch`, `minor`, `major`, or a version. */
  readonly wanted: string;
  /** The day, `2026-01-02`. */
  readonly date: string;
  /** Says what would happen, and changes nothing. */
  readonly dryRun: boolean;
  /** Writes the generated pages; throws where it cannot. */
  readonly generate: () => Promise<void>;
  /** Passes the gate; throws where it cannot. */
  readonly gate: () => Promise<void>;
  readonly say: (line: string) => void;
}

/**
 * Makes it, and gives its version. The tree is as before where anything fails.
 *
 * @throws {Error} where the tree is not clean, the tag is there, nothing is unreleased, the
 * version goes back, or the gate is not passed.
 */
export async function release(options: ReleaseOptions): Promise<string> {
  const { root, wanted, date, dryRun, say } = options;
  const changes = await git(root, "status", "--porcelain");
  if (changes !== "") throw new Error(`Cannot release: the tree is not clean\n${changes}`);
  const config = await Deno.readTextFile(`${root}/deno.json`);
  const present = /^ {2}"version": "([^"]+)"/m.exec(config)?.[1] ?? "";
  const version = nextVersion(present, wanted);
  const tag = `v${version}`;
  if (await git(root, "tag", "--list", tag) !== "") {
    throw new Error(`Cannot release ${version}: the tag ${tag} is there`);
  }
  const changelog = await Deno.readTextFile(`${root}/CHANGELOG.md`);
  const cut = cutChangelog(changelog, { version, date });
  say(`${present} → ${version}, tag ${tag}`);
  if (dryRun) {
    say("nothing was changed (--dry-run)");
    return version;
  }
  try {
    const bumped = config.replace(`  "version": "${present}"`, `  "version": "${version}"`);
    await Deno.writeTextFile(`${root}/deno.json`, bumped);
    await Deno.writeTextFile(`${root}/CHANGELOG.md`, cut);
    await options.generate();
    await options.gate();
    await git(root, "commit", "--all", "--quiet", "--message", `Release ${version}`);
  } catch (error) {
    // The tree was clean: what is changed now is ours.
    await git(root, "restore", "--staged", "--worktree", ".");
    throw error;
  }
  await git(root, "tag", "--annotate", tag, "--message", `holdfast ${version}`);
  say(`Released here. Next: git push --follow-tags, then deno publish`);
  return version;
}

async function git(root: string, ...args: readonly string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command("git", {
    args: [...args],
    cwd: root,
  }).output();
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes).trim();
  if (!success) throw new Error(`git ${args[0]}: ${text(stderr)}`);
  return text(stdout);
}
