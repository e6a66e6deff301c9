/**
 * Reads what rclone writes to its standard error with `--use-json-log`.
 *
 * @module
 */

/** One line, read. */
export interface LogLine {
  /** What went wrong, where it did. */
  readonly failure?: string | undefined;
  /** Bytes moved so far, where it tells its progress. */
  readonly bytes?: number | undefined;
}

/** Reads one line; what is no JSON is a message of the program that failed. */
export function readLogLine(line: string): LogLine {
  if (!line.startsWith("{")) {
    const failure = line.replace(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /, "").trim();
    return failure === "" ? {} : { failure };
  }
  const entry: unknown = parseJson(line);
  const message = field(entry, "msg");
  const bytes = field(field(entry, "stats"), "bytes");
  if (typeof bytes === "number") return { bytes };
  const level = field(entry, "level");
  const isFailure = level === "error" || level === "critical" || level === "fatal";
  return isFailure && typeof message === "string" ? { failure: message.trim() } : {};
}

/** The value of a field of something that came as JSON. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

/** JSON, or `undefined` where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}
