/**
 * Compression by gzip: for places where only `gunzip` is at hand.
 *
 * @module
 */

import { type Codec, definePlugin, type Plugin } from "../../core/extend/mod.ts";
import { gzipCodec } from "./gzip_codec.ts";

export type { GzipOptions } from "./gzip_codec.ts";
export { gzipCodec } from "./gzip_codec.ts";

/** The plugin. */
const gzip: Plugin = definePlugin({
  name: "gzip",
  summary: "Compresses copies with gzip, which `gunzip` reads everywhere.",
  codecs: {
    gzip: {
      summary: "gzip: read by `gunzip` everywhere; zstd is smaller and faster.",
      settings: [{
        name: "level",
        kind: "number",
        help: "From 1, fast, to 9, small and slow.",
        default: 6,
        min: 1,
        max: 9,
      }],
      create: ({ settings: { level } }): Codec =>
        gzipCodec({ level: typeof level === "number" ? Math.round(level) : undefined }),
    },
  },
});

export default gzip;
