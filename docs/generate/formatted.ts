/**
 * Text as `deno fmt` leaves it, so that a generated file is what the gate wants.
 *
 * @module
 */

/** Formats a text by its file ending (`md`, `json`). Needs `--allow-run` for Deno itself. */
export async function formatted(text: string, ending: "md" | "json"): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "-q", "--line-width", "100", "--ext", ending, "-"],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  if (!success) throw new Error(`Cannot format: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}
