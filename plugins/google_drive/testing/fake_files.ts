/**
 * The files of the fake server: metadata, bytes, room and queries.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { matches, parseQuery } from "./fake_query.ts";
import { demand, Refusal } from "./refusal.ts";

/** A file of the fake server. A person's hand may change it in a test. */
export interface FakeFile {
  readonly id: string;
  name: string;
  mimeType: string;
  parents: string[];
  trashed: boolean;
  appProperties: Record<string, string>;
  createdTime: string;
  modifiedTime: string;
  bytes: Uint8Array<ArrayBuffer>;
  size: number;
  sha256: string | undefined;
}

/** What a client tells of a file. */
export type Metadata = Readonly<Record<string, unknown>>;

/** Bytes that arrived. */
export interface Content {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly size: number;
  readonly sha256: string;
}

const folderType = "application/vnd.google-apps.folder";
const known = ["id", "name", "parents", "mimeType", "appProperties", "trashed"];

/** The files of one account. */
export class FakeFiles {
  /** By ID. */
  readonly all = new Map<string, FakeFile>();
  /** Bytes that the account holds at most. */
  limit: number | undefined = 15_000_000_000;
  /** The largest file that it takes. */
  maxUploadSize = 5_000_000_000_000;
  /** Lists do not show files that are made from now on, as Google's index lags. */
  lagging = false;
  readonly #now: () => Temporal.Instant;
  readonly #given = new Set<string>();
  readonly #hidden = new Set<string>();
  #count = 0;

  /** Takes the clock of the server. */
  constructor(now: () => Temporal.Instant) {
    this.#now = now;
    this.all.set(
      "root-folder",
      this.#blank("root-folder", { name: "My Drive", mimeType: folderType }),
    );
  }

  /** Bytes in use, those in the bin too. */
  get used(): number {
    return [...this.all.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** IDs that nothing has yet. */
  generateIds(count: number): readonly string[] {
    return Array.from({ length: count }, () => {
      const id = `1${String(++this.#count).padStart(6, "0")}${
        crypto.randomUUID().replaceAll("-", "")
      }`;
      this.#given.add(id.slice(0, 33));
      return id.slice(0, 33);
    });
  }

  /** What is known of a file. */
  get(id: string): FakeFile {
    const file = this.all.get(id);
    if (file === undefined) throw new Refusal(404, "notFound");
    return file;
  }

  /** Checks what a client tells of a new file, and that its ID is free. */
  checkNew(metadata: Metadata): string {
    const { id, parents = ["root-folder"] } = metadata;
    checkMetadata(metadata);
    demand(typeof id === "string", "no id: a repetition would make a twin");
    if (this.all.has(id)) throw new Refusal(409, "fileIdInUse");
    demand(this.#given.has(id), "an id that was not generated");
    demand(Array.isArray(parents) && parents.length === 1, "not one parent");
    const parent = this.all.get(String(parents[0]));
    if (parent === undefined) throw new Refusal(404, "notFound");
    demand(parent.mimeType === folderType, "the parent is no folder");
    return id;
  }

  /** Refuses what does not fit. */
  checkRoom(size: number): void {
    if (size > this.maxUploadSize) throw new Refusal(403, "uploadTooLarge");
    if (this.used + size > (this.limit ?? Infinity)) throw new Refusal(403, "storageQuotaExceeded");
  }

  /** Makes a file, at once and whole. */
  create(metadata: Metadata, content?: Content): FakeFile {
    const id = this.checkNew(metadata);
    if (content !== undefined) this.checkRoom(content.size);
    const file = this.#blank(id, metadata);
    const parent = this.all.get(file.parents[0] ?? "");
    if (parent?.trashed === true) file.trashed = true;
    this.all.set(id, file);
    if (this.lagging) this.#hidden.add(id);
    return content === undefined ? file : this.#fill(file, content);
  }

  /** Changes a file, at once and whole. */
  update(id: string, metadata: Metadata, content?: Content): FakeFile {
    const file = this.get(id);
    checkMetadata(metadata);
    demand(!("id" in metadata) && !("parents" in metadata), "an update may not tell id or parents");
    if (content !== undefined) this.checkRoom(content.size);
    const { appProperties = {}, name, trashed } = metadata;
    for (const [key, value] of Object.entries(appProperties ?? {})) {
      if (value === null) delete file.appProperties[key];
      else file.appProperties[key] = String(value);
    }
    checkProperties(file.appProperties);
    if (typeof name === "string") file.name = name;
    if (typeof trashed === "boolean") file.trashed = trashed;
    file.modifiedTime = this.#now().toString();
    return content === undefined ? file : this.#fill(file, content);
  }

  /** Deletes a file for good. */
  delete(id: string): void {
    this.get(id);
    this.all.delete(id);
  }

  /** One page of what a query finds. */
  list(query: string, pageSize: number, pageToken: string | null): unknown {
    const conditions = parseQuery(query);
    const found = [...this.all.values()].filter((file) =>
      file.id !== "root-folder" && !this.#hidden.has(file.id) && matches(conditions, file)
    );
    const digest = createHash("sha256").update(query).digest("hex").slice(0, 8);
    const [, start = "0", of = digest] = /^(\d+)-(\w+)$/.exec(pageToken ?? "") ?? [];
    demand(pageToken === null || of === digest, "a pageToken of another query");
    const end = Number(start) + pageSize;
    return {
      files: found.slice(Number(start), end).map((file) => this.show(file)),
      incompleteSearch: false,
      ...(end < found.length ? { nextPageToken: `${end}-${digest}` } : {}),
    };
  }

  /** A file as the API shows it. */
  show(file: FakeFile): unknown {
    const { id, name, mimeType, parents, trashed, appProperties, createdTime, modifiedTime } = file;
    const content = mimeType === folderType
      ? {}
      : { size: String(file.size), sha256Checksum: file.sha256 };
    return {
      id,
      name,
      mimeType,
      parents,
      trashed,
      appProperties,
      createdTime,
      modifiedTime,
      ...content,
    };
  }

  /** A person copies a file in the browser: the properties of the app go along. */
  copyByPerson(id: string, name: string): FakeFile {
    const original = this.get(id);
    const [copyId = ""] = this.generateIds(1);
    const copy = { ...original, id: copyId, name, appProperties: { ...original.appProperties } };
    this.all.set(copyId, copy);
    return copy;
  }

  #blank(id: string, metadata: Metadata): FakeFile {
    const { name, mimeType, parents, appProperties } = metadata;
    const at = this.#now().toString();
    return {
      id,
      name: typeof name === "string" ? name : "Untitled",
      mimeType: typeof mimeType === "string" ? mimeType : "application/octet-stream",
      parents: Array.isArray(parents) ? parents.map(String) : ["root-folder"],
      trashed: false,
      appProperties: Object.fromEntries(
        Object.entries(appProperties ?? {}).map(([key, value]) => [key, String(value)]),
      ),
      createdTime: at,
      modifiedTime: at,
      bytes: new Uint8Array(0),
      size: 0,
      sha256: undefined,
    };
  }

  #fill(file: FakeFile, { bytes, size, sha256 }: Content): FakeFile {
    return Object.assign(file, { bytes, size, sha256, modifiedTime: this.#now().toString() });
  }
}

/** Refuses fields that we should not send, and properties that are too long. */
function checkMetadata(metadata: Metadata): void {
  for (const field of Object.keys(metadata)) demand(known.includes(field), `the field ${field}`);
  const { appProperties } = metadata;
  if (typeof appProperties === "object" && appProperties !== null) checkProperties(appProperties);
}

/** At most 30 per app, each at most 124 bytes with its name. */
function checkProperties(properties: object): void {
  const entries = Object.entries(properties).filter(([, value]) => value !== null);
  demand(entries.length <= 30, `${entries.length} properties`);
  for (const [key, value] of entries) {
    const bytes = new TextEncoder().encode(key + String(value)).length;
    demand(bytes <= 124, `the property ${key} takes ${bytes} bytes`);
  }
}
