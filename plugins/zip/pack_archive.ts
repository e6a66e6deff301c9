/**
 * Packs files into one archive, as a stream.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { bytesBody, type PackedFile, TargetError } from "../../core/extend/mod.ts";
import { archiveMetadata, type EntrySeal, type PackChoices } from "./archive_metadata.ts";
import {
  clashingName,
  databaseEntry,
  filesFolder,
  metadataEntry,
  nameProblem,
} from "./archive_name.ts";
import { ByteCounter } from "./byte_counter.ts";
import { ZipWriter } from "./zip_library.ts";

/** What packing takes. */
export interface PackArchiveOptions {
  /** Aborted when the caller gives up. */
  readonly signal: AbortSignal;
  /** Encrypts every file, and the facts, with AES-256; the names stay readable. */
  readonly password?: string | undefined;
  /** 1 (fast) to 9 (small), 0 to store only; 6 by default. */
  readonly level?: number | undefined;
  /** Pack the database; true by default. */
  readonly includeDatabase?: boolean | undefined;
  /** Pack what lies below `files/`; true by default. */
  readonly includeFiles?: boolean | undefined;
  /** Pack the facts; true by default. */
  readonly includeMetadata?: boolean | undefined;
  /** Called with the plain bytes done so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/** The date of an entry where none is known: the first that ZIP can tell. */
const noDate = new Date(Date.UTC(1980, 0, 1));

/**
 * Packs the files and the facts about them into an archive that any ZIP tool opens
 * (with a password: those that know AES, as 7-Zip does and `unzip` does not). Memory
 * stays flat whatever the size. Last comes `backup-metadata.json`, with the SHA-256
 * and the size of every file.
 *
 * The stream fails with a `TargetError`: `invalid` for a name that cannot be
 * unpacked everywhere, `corrupt` where a file is not as long as its body says.
 *
 * @example
 * ```ts
 * import { bytesBody } from "@holdfast/holdfast/plugin";
 * import { packArchive, verifyArchive } from "@holdfast/holdfast/plugins/zip";
 *
 * const { signal } = new AbortController();
 * const files = [{ name: "files/note.txt", body: bytesBody(new Uint8Array(1_000)) }];
 * const stream = packArchive(files, { appVersion: "2.1" }, { signal, password: "correct horse" });
 * const archive = bytesBody(await new Response(stream).bytes());
 * const { metadata } = await verifyArchive(archive, { signal, password: "correct horse" });
 * console.log(metadata?.appVersion); // 2.1
 * ```
 */
export function packArchive(
  files: readonly PackedFile[],
  facts: Readonly<Record<string, unknown>>,
  options: PackArchiveOptions,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const pipe = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const out = pipe.writable.getWriter();
  const sink = new WritableStream<Uint8Array<ArrayBuffer>>({ write: (chunk) => out.write(chunk) });
  const job = new PackJob(sink, options);
  job.run(files, facts).then(
    () => out.close(),
    (cause) => out.abort(options.signal.aborted ? options.signal.reason : cause),
    // Whoever reads the stream has got the error; who cancelled it wants none.
  ).catch(() => undefined);
  return pipe.readable;
}

/** One archive being written. */
class PackJob {
  readonly #options: PackArchiveOptions;
  readonly #zip: ZipWriter<unknown>;
  readonly #counter: ByteCounter;
  readonly #seals = new Map<string, EntrySeal>();

  constructor(sink: WritableStream<Uint8Array<ArrayBuffer>>, options: PackArchiveOptions) {
    this.#options = options;
    this.#counter = new ByteCounter(options.onProgress);
    this.#zip = new ZipWriter(sink, {
      level: options.level ?? 6,
      signal: options.signal,
      ...(options.password === undefined
        ? {}
        : { password: options.password, encryptionStrength: 3 as const }),
    });
  }

  /** Writes all of it. */
  async run(
    files: readonly PackedFile[],
    facts: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const { signal } = this.#options;
    const choices = packChoices(this.#options);
    const taken = files.filter(({ name }) => isTaken(name, choices));
    checkNames(taken.map(({ name }) => name));
    const createdAt = instant(facts.createdAt);
    for (const file of taken) {
      signal.throwIfAborted();
      await this.#add(file, createdAt);
    }
    if (choices.includeMetadata) {
      const json = JSON.stringify(archiveMetadata(facts, choices, this.#seals), undefined, 2);
      const body = bytesBody(new TextEncoder().encode(json));
      await this.#addEntry({ name: metadataEntry, body }, body.stream(), createdAt);
    }
    this.#counter.flush();
    await this.#zip.close();
  }

  /** Packs one file and keeps its seal. */
  async #add(file: PackedFile, createdAt: Temporal.Instant | undefined): Promise<void> {
    const hash = createHash("sha256");
    let size = 0;
    const watch = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: (chunk, controller) => {
        size += chunk.length;
        if (size > file.body.size) throw changed(file);
        hash.update(chunk);
        this.#counter.add(chunk.length);
        controller.enqueue(chunk);
      },
    });
    await this.#addEntry(file, file.body.stream().pipeThrough(watch), createdAt);
    if (size !== file.body.size) throw changed(file);
    this.#seals.set(file.name, { size, sha256: hash.digest("hex") });
  }

  /** Adds one entry; its size is told beforehand, so that small ones need no zip64. */
  async #addEntry(
    { name, body, modifiedAt }: PackedFile,
    readable: ReadableStream<Uint8Array<ArrayBuffer>>,
    createdAt: Temporal.Instant | undefined,
  ): Promise<void> {
    const at = modifiedAt ?? createdAt;
    await this.#zip.add(name, readable, {
      uncompressedSize: body.size,
      lastModDate: at === undefined ? noDate : new Date(at.epochMilliseconds),
      unixMode: 0o100600,
    });
  }
}

/** The choices with their defaults. */
function packChoices(options: PackArchiveOptions): PackChoices {
  return {
    compressionLevel: options.level ?? 6,
    includeFiles: options.includeFiles ?? true,
    includeDatabase: options.includeDatabase ?? true,
    includeMetadata: options.includeMetadata ?? true,
  };
}

/** Whether a file of this name is packed. */
function isTaken(name: string, choices: PackChoices): boolean {
  if (name === databaseEntry) return choices.includeDatabase;
  return choices.includeFiles || !name.startsWith(filesFolder);
}

/** Refuses names that {@linkcode unpackArchive} would refuse. */
function checkNames(names: readonly string[]): void {
  const refuse = (name: string, why: string): never => {
    throw new TargetError("invalid", `Cannot pack "${name}": ${why}`, {
      hint: "Rename it, or leave it out.",
    });
  };
  for (const name of names) {
    const problem = nameProblem(name);
    if (problem !== undefined) refuse(name, problem);
  }
  const clash = clashingName([...names, metadataEntry]);
  if (clash !== undefined) refuse(clash.name, clash.why);
}

/** The instant in a fact, where it is one. */
function instant(value: unknown): Temporal.Instant | undefined {
  if (typeof value !== "string" || Number.isNaN(Date.parse(value))) return undefined;
  return Temporal.Instant.fromEpochMilliseconds(Date.parse(value));
}

/** The error for a file that grew or shrank while it was packed. */
function changed({ name, body }: PackedFile): TargetError {
  return new TargetError("corrupt", `Cannot pack "${name}": it no longer has ${body.size} bytes`, {
    hint: "Something else changed the file meanwhile: run it again.",
  });
}
