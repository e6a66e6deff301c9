/**
 * Settings as data, so that the command line, the terminal UI and the docs show
 * those of a plugin without knowing it.
 *
 * @module
 */

/** The value of one setting. */
export type SettingValue = string | number | boolean | readonly string[];

/** One setting of a plugin. */
export interface Setting {
  /** Its key in the configuration, in camelCase. */
  readonly name: string;
  /** `path` is a file or folder, `url` a web address without user and password, `list` several strings. */
  readonly kind: "text" | "path" | "url" | "number" | "boolean" | "choice" | "list";
  /** One sentence: what it does, with its unit. */
  readonly help: string;
  /** The value is a secret: kept in a file of mode 0600 or the environment, never shown. */
  readonly secret?: boolean | undefined;
  /** It must be given. */
  readonly required?: boolean | undefined;
  /** What holds where it is not given. */
  readonly default?: SettingValue | undefined;
  /** The values of a `choice`. */
  readonly choices?: readonly string[] | undefined;
  /** For tests and special cases: shown only on request. */
  readonly advanced?: boolean | undefined;
  /** The smallest `number`. */
  readonly min?: number | undefined;
  /** The largest `number`. */
  readonly max?: number | undefined;
  /**
   * What is wrong with a text of it, or with one of a `list`, beyond its kind; `undefined` where
   * nothing is. Pure and quick: a form asks while it is typed. It must not repeat a secret.
   */
  readonly problem?: ((text: string) => string | undefined) | undefined;
}

/** The settings as they hold: checked against their declaration, defaults filled in. */
export type SettingValues = Readonly<Record<string, SettingValue | undefined>>;
