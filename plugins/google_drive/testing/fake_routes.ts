/**
 * The addresses of the fake server: which step a request is, and what it does.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { FakeDrive } from "./fake_drive.ts";
import type { Content, FakeFile, Metadata } from "./fake_files.ts";
import type { FakeAnswer, FakeRequest } from "./fake_http.ts";
import type { SessionAnswer } from "./fake_upload.ts";
import type { Fault, Step } from "./fault_script.ts";
import { demand, Refusal } from "./refusal.ts";

/** One step to take. */
interface Asked {
  readonly step: Step;
  readonly request: FakeRequest;
  readonly fault: Fault | undefined;
}

/** The addresses that are no files. */
const fixed: Readonly<Record<string, Step>> = {
  "GET /o/oauth2/v2/auth": "consent",
  "POST /token": "token",
  "POST /device/code": "device_code",
  "POST /revoke": "revoke",
  "GET /drive/v3/about": "about",
  "GET /drive/v3/files/generateIds": "generate_ids",
  "GET /drive/v3/files": "list",
  "POST /drive/v3/files": "create",
};

/** Which step a request is. */
export function stepOf({ method, url, headers }: FakeRequest): Step {
  const step = fixed[`${method} ${url.pathname}`];
  if (step !== undefined) return step;
  if (url.pathname.startsWith("/upload/drive/v3/files")) {
    if (method === "PUT") {
      return headers["content-range"]?.startsWith("bytes */") ? "upload_query" : "upload_chunk";
    }
    return url.searchParams.get("uploadType") === "resumable" ? "upload_begin" : "upload_simple";
  }
  if (method === "GET") return url.searchParams.get("alt") === "media" ? "download" : "get";
  return method === "DELETE" ? "delete" : "update";
}

/** Takes a step. Throws a `Refusal`. */
export function answerDrive(fake: FakeDrive, asked: Asked): FakeAnswer {
  const { step, request: { url, headers, bytes } } = asked;
  const query = url.searchParams;
  if (step === "consent") {
    return { status: 302, headers: { location: fake.oauth.authorize(query) } };
  }
  if (step === "token" || step === "device_code" || step === "revoke") {
    const type = headers["content-type"] ?? "";
    demand(type.startsWith("application/x-www-form-urlencoded"), `a form as ${type}`);
    const form = new URLSearchParams(new TextDecoder().decode(bytes()));
    if (step === "token") return json(fake.oauth.token(form));
    if (step === "device_code") return json(fake.oauth.deviceCode(form, fake.base));
    fake.oauth.revoke(form.get("token") ?? "");
    return json({});
  }
  fake.oauth.check(headers["authorization"]);
  if (step.startsWith("upload")) return upload(fake, asked);
  return file(fake, asked);
}

/** The steps about files and the account. */
function file(
  fake: FakeDrive,
  { step, request: { url, bytes, headers }, fault }: Asked,
): FakeAnswer {
  const { files } = fake;
  const query = url.searchParams;
  const id = decodeURIComponent(url.pathname.split("/").at(-1) ?? "");
  if (step === "download") return download(files.get(id), headers["range"], fault);
  if (step === "delete") {
    files.delete(id);
    return { status: 204 };
  }
  demand((query.get("fields") ?? "") !== "", "no fields: Google would tell too little");
  if (step === "about") return json(about(fake));
  if (step === "generate_ids") {
    const count = Number(query.get("count"));
    demand(count >= 1 && count <= 1000, `a count of ${count}`);
    demand(query.get("space") === "drive" && query.get("type") === "files", "space or type");
    return json({ ids: files.generateIds(count) });
  }
  if (step === "list") {
    const size = Number(query.get("pageSize"));
    demand(query.has("pageSize") && size >= 1 && size <= 1000, `a pageSize of ${size}`);
    return json(files.list(query.get("q") ?? "", size, query.get("pageToken")));
  }
  if (step === "get") return json(files.show(files.get(id)));
  const metadata = metadataOf(bytes(), headers["content-type"]);
  return json(files.show(step === "create" ? files.create(metadata) : files.update(id, metadata)));
}

/** The steps of an upload. */
function upload(fake: FakeDrive, { step, request, fault }: Asked): FakeAnswer {
  const { url, headers, method, bytes } = request;
  const { files, uploads } = fake;
  const query = url.searchParams;
  const fileId = method === "PATCH"
    ? decodeURIComponent(url.pathname.split("/").at(-1) ?? "")
    : undefined;
  if (step === "upload_simple") {
    demand(query.get("uploadType") === "multipart", `uploadType ${query.get("uploadType")}`);
    const { metadata, content } = multipart(bytes(), headers["content-type"] ?? "");
    demand(content.length <= 5_000_000, "more than 5 MB in one request");
    const stored = contentOf(fault?.is === "flip" ? flipped(content) : content);
    return json(files.show(
      fileId === undefined
        ? files.create(metadata, stored)
        : files.update(fileId, metadata, stored),
    ));
  }
  if (step === "upload_begin") {
    const total = Number(headers["x-upload-content-length"] ?? NaN);
    demand(total >= 0, "no X-Upload-Content-Length");
    demand(headers["x-upload-content-type"] !== undefined, "no X-Upload-Content-Type");
    const metadata = metadataOf(bytes(), headers["content-type"]);
    const id = uploads.begin(metadata, total, fileId);
    fake.oauth.secrets.add(id);
    const location = `${fake.base}${url.pathname}?uploadType=resumable&upload_id=${id}`;
    return { status: 200, headers: { location } };
  }
  const id = query.get("upload_id") ?? "";
  if (fault?.is === "lose") {
    uploads.lose(id);
    throw new Refusal(fault.status, "notFound");
  }
  demand(headers["content-length"] !== undefined, "a piece without Content-Length");
  const range = headers["content-range"] ?? "";
  return session(fake, id, { range, request, fault });
}

/** A question or a piece for a session. */
function session(
  fake: FakeDrive,
  id: string,
  { range, request: { bytes, size, hash }, fault }: {
    readonly range: string;
    readonly request: FakeRequest;
    readonly fault: Fault | undefined;
  },
): FakeAnswer {
  const { files, uploads } = fake;
  const show = (answer: SessionAnswer): FakeAnswer => {
    if ("file" in answer) return json(files.show(answer.file));
    const { received } = answer;
    return {
      status: 308,
      ...(received > 0 ? { headers: { range: `bytes=0-${received - 1}` } } : {}),
    };
  };
  const asks = /^bytes \*\/(\d+)$/.exec(range);
  if (asks !== null) {
    demand(size === 0, "a question with a body");
    return show(uploads.query(id, Number(asks[1])));
  }
  const [, start, end, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(range) ?? [];
  demand(total !== undefined, `the Content-Range "${range}"`);
  const part = fault?.is === "half" || fault?.is === "short";
  const answer = uploads.take(
    id,
    { start: Number(start), end: Number(end), total: Number(total) },
    {
      size,
      ...(fault?.is === "flip" ? { bytes: () => flipped(bytes()) } : { bytes, hash }),
      ...(part ? { most: Math.floor(size / 2) } : {}),
    },
  );
  return fault?.is === "half" ? { status: 0, cut: "before" } : show(answer);
}

/** The bytes of a file, or of a part of it. */
function download(
  { bytes }: FakeFile,
  range: string | undefined,
  fault: Fault | undefined,
): FakeAnswer {
  const cut = fault?.is === "half" ? { cut: "half" as const } : {};
  const content = fault?.is === "flip" ? flipped(bytes) : bytes;
  if (range === undefined) return { status: 200, body: content, ...cut };
  const start = Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? NaN);
  demand(start >= 0, `the Range "${range}"`);
  if (start >= bytes.length) throw new Refusal(416, "requestedRangeNotSatisfiable");
  const headers = { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` };
  return { status: 206, headers, body: content.subarray(start), ...cut };
}

/** The account. */
function about({ files, email }: FakeDrive): unknown {
  const trash = [...files.all.values()].filter(({ trashed }) => trashed)
    .reduce((sum, { size }) => sum + size, 0);
  return {
    user: { displayName: "Ada", emailAddress: email },
    maxUploadSize: String(files.maxUploadSize),
    storageQuota: {
      ...(files.limit === undefined ? {} : { limit: String(files.limit) }),
      usage: String(files.used),
      usageInDriveTrash: String(trash),
    },
  };
}

/** The JSON that tells of a file. */
function metadataOf(bytes: Uint8Array, type: string | undefined): Metadata {
  demand(type === "application/json; charset=UTF-8", `metadata as ${type}`);
  const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
  demand(typeof value === "object" && value !== null, "metadata that is no object");
  return { ...value };
}

/** The two parts of a multipart body. */
function multipart(bytes: Uint8Array<ArrayBuffer>, type: string) {
  const boundary = /^multipart\/related; boundary=([\w-]+)$/.exec(type)?.[1];
  demand(boundary !== undefined, `multipart as ${type}`);
  // One character a byte. `TextDecoder` knows no such encoding: its latin1 is windows-1252.
  const text = Buffer.from(bytes).toString("latin1");
  const [head, first, second] = text.split(`--${boundary}\r\n`, 3);
  demand(head === "" && first !== undefined && second !== undefined, "not two parts");
  const end = `\r\n--${boundary}--\r\n`;
  demand(second.endsWith(end), "no closing boundary");
  const [jsonHead = "", ...jsonText] = first.split("\r\n\r\n");
  const metadataBytes = Uint8Array.from(
    jsonText.join("\r\n\r\n").replace(/\r\n$/, ""),
    (character) => character.charCodeAt(0),
  );
  const metadata = metadataOf(metadataBytes, jsonHead.replace("Content-Type: ", ""));
  const start = text.length - second.length + second.indexOf("\r\n\r\n") + 4;
  return { metadata, content: bytes.slice(start, bytes.length - end.length) };
}

/** Bytes with what is known of them. */
function contentOf(bytes: Uint8Array<ArrayBuffer>): Content {
  return { bytes, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** The same bytes but for one bit. */
function flipped(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  const at = Math.floor(copy.length / 2);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

/** An answer of JSON. */
function json(value: unknown): FakeAnswer {
  return {
    status: 200,
    headers: { "content-type": "application/json; charset=UTF-8" },
    body: JSON.stringify(value),
  };
}
