/**
 * What a WebDAV target is given.
 *
 * @module
 */

/** What a request is authorised with. */
export interface WebdavCredentials {
  /** Of a user, by Basic authentication (RFC 7617). */
  readonly username?: string | undefined;
  /** The password that goes with it. */
  readonly password?: string | undefined;
  /** A bearer token (RFC 6750) instead. */
  readonly token?: string | undefined;
}

/** Where a WebDAV target is. */
export interface WebdavOptions {
  /** The address of the folder for the copies; it is made where only it is missing. */
  readonly url: string;
  /** Gives the credentials; asked once, before the first request. */
  readonly credentials?: (() => Promise<WebdavCredentials>) | undefined;
}

/** The `authorization` field that follows from the credentials; none where there are none. */
export function authorization(credentials: WebdavCredentials): string | undefined {
  const { username, password, token } = credentials;
  if (token !== undefined) return `Bearer ${token}`;
  if (username === undefined) return undefined;
  return `Basic ${new TextEncoder().encode(`${username}:${password ?? ""}`).toBase64()}`;
}
