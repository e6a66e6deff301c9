/**
 * Copies on a WebDAV server: Nextcloud, ownCloud, Apache, nginx, a NAS.
 *
 * @module
 */

import {
  definePlugin,
  type Plugin,
  type PluginContext,
  type Target,
  TargetError,
} from "../../core/extend/mod.ts";
import type { WebdavCredentials } from "./webdav_options.ts";
import { webdavTarget } from "./webdav_target.ts";

export type { WebdavCredentials, WebdavOptions } from "./webdav_options.ts";
export { webdavTarget } from "./webdav_target.ts";

/** The plugin. */
const webdav: Plugin = definePlugin({
  name: "webdav",
  summary: "Keeps copies on a WebDAV server.",
  targets: {
    webdav: {
      summary: "A folder of a WebDAV server: Nextcloud, ownCloud, Apache, nginx, a NAS.",
      settings: [
        {
          name: "url",
          kind: "url",
          help: "The address of the folder for the copies.",
          required: true,
        },
        { name: "username", kind: "text", help: "The user (Basic authentication)." },
        { name: "password", kind: "text", help: "The password of the user.", secret: true },
        { name: "token", kind: "text", help: "A bearer token, instead of a user.", secret: true },
      ],
      create(context): Target {
        const { url } = context.settings;
        if (typeof url !== "string") {
          throw new TargetError("invalid", 'Cannot use the WebDAV target: "url" is missing');
        }
        return webdavTarget({ url, credentials: () => credentialsOf(context) });
      },
    },
  },
});

/** The credentials of an instance. */
async function credentialsOf({ settings, secrets }: PluginContext): Promise<WebdavCredentials> {
  const { username } = settings;
  const [password, token] = [await secrets.get("password"), await secrets.get("token")];
  return {
    ...(typeof username === "string" ? { username } : {}),
    ...(password === undefined ? {} : { password }),
    ...(token === undefined ? {} : { token }),
  };
}

export default webdav;
