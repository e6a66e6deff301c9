/**
 * What the author of a plugin needs: the contracts and the pieces to build on.
 *
 * @module
 */

export type { ErrorCode, HoldfastErrorOptions } from "../errors.ts";
export { HoldfastError } from "../errors.ts";
export type { AtomicFileOptions, FileContent } from "../files/atomic_file.ts";
export {
  makePrivateDir,
  syncDir,
  unfinishedPrefix,
  writeFileAtomic,
} from "../files/atomic_file.ts";
export { fileBody } from "../files/file_body.ts";
export { isDenied, isNoSpace } from "../files/file_error.ts";
export { sweepUnfinished } from "../files/sweep_unfinished.ts";
export { abortableStream } from "./abortable_stream.ts";
export { answerText } from "./answer_text.ts";
export type { Body } from "./body.ts";
export { bytesBody } from "./body.ts";
export { ByteSource } from "./byte_source.ts";
export { byteTransform } from "./byte_transform.ts";
export type { ByteTransform, Codec } from "./codec.ts";
export type { DecodedFile, DecodeOptions, EncodedFile, EncodeOptions } from "./codec_chain.ts";
export { codecSuffix, decodeToFile, encodeToFile } from "./codec_chain.ts";
export type { DeadlineOptions } from "./deadline_target.ts";
export { deadlineTarget } from "./deadline_target.ts";
export { exactStream } from "./exact_stream.ts";
export { fileStateStore } from "./file_state_store.ts";
export type {
  CheckedFile,
  Format,
  FormatOptions,
  PackedFile,
  ReadFormatOptions,
  UnpackedFile,
  UnpackOptions,
} from "./format.ts";
export type { HttpSender, SendRequest } from "./http_sender.ts";
export { httpSender } from "./http_sender.ts";
export type { LimitOptions } from "./limited_target.ts";
export { limitedTarget } from "./limited_target.ts";
export type { LoadPluginOptions } from "./load_plugin.ts";
export { loadPlugin } from "./load_plugin.ts";
export type { MemoryTargetOptions } from "./memory_target.ts";
export { memoryTarget } from "./memory_target.ts";
export type { Notification, Notifier } from "./notifier.ts";
export { keyOfPath, keyPath, partPath } from "./part_name.ts";
export type { ConnectUi, Kind, Plugin, PluginContext, Secrets, StateStore } from "./plugin.ts";
export { definePlugin } from "./plugin.ts";
export { prefixedTarget } from "./prefixed_target.ts";
export type { Entry, Instances, Registry, Sort } from "./registry.ts";
export { registryOf, SORTS } from "./registry.ts";
export type { RetryNews, RetryOptions } from "./retrying_target.ts";
export { retryDelay, retryingTarget } from "./retrying_target.ts";
export type { SendRequestOptions } from "./send_request.ts";
export { secretUrl, sendRequest } from "./send_request.ts";
export type { Setting, SettingValue, SettingValues } from "./setting.ts";
export { settingValues } from "./setting_values.ts";
export { sleep } from "./sleep.ts";
export type {
  GetOptions,
  PutOptions,
  Target,
  TargetCallOptions,
  TargetObject,
  TargetQuota,
} from "./target.ts";
export type { TargetErrorKind, TargetErrorOptions } from "./target_error.ts";
export { TargetError } from "./target_error.ts";
export type { InspectOptions, TargetDescription, TargetFinding } from "./target_report.ts";
