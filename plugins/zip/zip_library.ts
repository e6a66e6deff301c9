/**
 * zip.js, set up for this plugin. It keeps one configuration a process.
 *
 * @module
 */

import { configure } from "@zip-js/zip-js";
import { DeflateStep } from "./deflate_step.ts";
import { InflateStep } from "./inflate_step.ts";

configure({
  // Handing chunks to workers costs more than it saves, and workers outlive their job.
  useWebWorkers: false,
  // No queue of jobs: each runs on this thread when its stream is read.
  maxWorkers: 4096,
  chunkSize: 256 * 1024,
  CompressionStream: DeflateStep,
  CompressionStreamFallback: DeflateStep,
  DecompressionStream: InflateStep,
  DecompressionStreamFallback: InflateStep,
});

export {
  type Entry,
  ERR_BAD_FORMAT,
  ERR_ENCRYPTED,
  ERR_EOCDR_NOT_FOUND,
  ERR_INVALID_AUTHENTICATION_CODE,
  ERR_INVALID_PASSWORD,
  ERR_OVERLAPPING_ENTRY,
  ERR_SPLIT_ZIP_FILE,
  ERR_UNSAFE_FILENAME,
  ERR_UNSUPPORTED_COMPRESSION,
  ERR_UNSUPPORTED_ENCRYPTION,
  type FileEntry,
  Reader,
  ZipReader,
  ZipWriter,
} from "@zip-js/zip-js";
