/**
 * One push in a process of its own, to a slow folder: what the kill test kills.
 *
 * @module
 */

import { registryOf } from "../../core/extend/mod.ts";
import { openTarget, push } from "../../mod.ts";
import folder from "../../plugins/folder/mod.ts";
import zstd from "../../plugins/zstd/mod.ts";

const [database = "", path = "", codec] = Deno.args;

await using usb = await openTarget("usb", {
  registry: registryOf([folder, zstd]),
  settings: {
    kind: "folder",
    settings: { path },
    codecs: codec === undefined ? [] : [codec],
  },
  secrets: { get: () => Promise.resolve(undefined) },
  state: {
    get: () => Promise.resolve(undefined),
    set: () => Promise.resolve(),
    delete: () => Promise.resolve(),
  },
  bytesPerSecond: 2_000_000,
  signal: new AbortController().signal,
});
await push({
  database,
  targets: [usb],
  onEvent: (event) => Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(event)}\n`)),
});
