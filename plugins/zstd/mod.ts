/**
 * Compression by zstd: the best choice for nearly every database.
 *
 * @module
 */

import { type Codec, definePlugin, type Plugin } from "../../core/extend/mod.ts";
import { zstdCodec } from "./zstd_codec.ts";

export type { ZstdOptions } from "./zstd_codec.ts";
export { zstdCodec } from "./zstd_codec.ts";

/** The plugin. */
const zstd: Plugin = definePlugin({
  name: "zstd",
  summary: "Compresses copies with zstd: small, fast, read by `zstd -d`.",
  codecs: {
    zstd: {
      summary: "zstd: small and fast, read by `zstd -d`.",
      settings: [{
        name: "level",
        kind: "number",
        help: "From 1, fast, to 19, small and slow.",
        default: 3,
        min: 1,
        max: 19,
      }],
      create: ({ settings: { level } }): Codec =>
        zstdCodec({ level: typeof level === "number" ? Math.round(level) : undefined }),
    },
  },
});

export default zstd;
