/**
 * The head of the self-extracting executable: a POSIX shell script that unpacks what
 * follows it, once, and starts it.
 *
 * @module
 */

/** What the script starts. */
export interface StartScriptOptions {
  /** Names the folder that it unpacks into: another content, another key. */
  readonly key: string;
  /** For the comment at its top. */
  readonly title: string;
}

/**
 * What the program may do. It is less than everything: no foreign functions (FFI), no
 * facts about the system but five. Each engine gets what its job needs, and no more.
 */
export const permissions: readonly string[] = [
  "--allow-read",
  "--allow-write",
  "--allow-run",
  "--allow-env",
  "--allow-net",
  "--allow-sys=hostname,uid,gid,username,statfs",
];

/** The script; the archive (tar, gzip) follows its last byte. */
export function startScript({ key, title }: StartScriptOptions): string {
  const digits = 8;
  const write = (offset: string): string => script({ key, title, offset });
  const size = new TextEncoder().encode(write("0".repeat(digits))).length;
  return write(String(size + 1).padStart(digits, "0"));
}

/**
 * Unpacking is atomic: into a folder of its own, then renamed. Of two that unpack at once
 * the second finds the name taken, or has moved its folder into the first one's.
 */
function script({ key, title, offset }: StartScriptOptions & { offset: string }): string {
  return `#!/bin/sh
# ${title}
# One file: this script, then Deno and the program, packed. They are unpacked once, into
# a folder of yours, which you may remove at any time.
set -eu
fail() { printf 'holdfast: %s\\n  Name a folder of yours with space for 110 MB in HOLDFAST_CACHE\\n' "$1" >&2; exit 1; }
if [ -n "\${HOLDFAST_CACHE:-}" ]; then cache=$HOLDFAST_CACHE
elif [ -n "\${XDG_CACHE_HOME:-}" ]; then cache=$XDG_CACHE_HOME/holdfast
elif [ -n "\${HOME:-}" ]; then cache=$HOME/.cache/holdfast
elif [ "$(id -u)" = 0 ]; then cache=/var/cache/holdfast
else fail 'Cannot unpack: there is no HOME'
fi
home=$cache/${key}
if [ ! -x "$home/deno" ]; then
  (
    umask 077
    mkdir -p "$cache" && part=$(mktemp -d "$cache/.unpack.XXXXXX") || exit 1
    trap 'rm -rf "$part"' EXIT
    trap 'exit 130' HUP INT TERM
    tail -c +${offset} "$0" | tar -xzof - -C "$part" && [ -x "$part/deno" ] || exit 1
    mv "$part" "$home" 2>/dev/null || [ -x "$home/deno" ] || exit 1
    rm -rf "$home/\${part##*/}"
  ) || fail "Cannot unpack into $cache"
fi
[ -n "\${HOME:-}" ] || { DENO_DIR=\${DENO_DIR:-$cache/deno}; export DENO_DIR; }
DENO_NO_UPDATE_CHECK=1
export DENO_NO_UPDATE_CHECK
exec "$home/deno" run --quiet --no-prompt --no-lock --config "$home/app/deno.json" \\
  ${permissions.join(" ")} \\
  "$home/app/cli.js" "$@"
`;
}
