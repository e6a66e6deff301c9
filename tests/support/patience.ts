/**
 * Waiting that ends: with what was waited for, or with an error that says what never came.
 *
 * @module
 */

/** Milliseconds that a busy machine may take for anything that a test waits for. */
export const PATIENCE_MS = 300_000;

/** The value of a promise; throws where it does not come. */
export async function comes<T>(what: string, promise: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(neverCame(what)), PATIENCE_MS);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Looks every 50 ms until something is so; throws where it never is. */
export async function becomes(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!await isSo()) {
    if (performance.now() > end) throw neverCame(what);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function neverCame(what: string): Error {
  return new Error(`Waited ${PATIENCE_MS / 60_000} minutes in vain: ${what}`);
}
