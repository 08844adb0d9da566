import path from "node:path";
import { dataFolder, env } from "@/server/lib/env";
import { folderStore } from "./folder-store";
import type { ObjectStore } from "./object-store";
import { s3Store } from "./s3-store";

let open: { readonly key: string; readonly store: ObjectStore } | undefined;

/** This installation's object store: the S3 bucket where one is set, else a folder of the data folder. */
export function objectStore(): ObjectStore {
  const settings = env();
  const key = settings.S3_BUCKET
    ? `s3:${settings.S3_ENDPOINT}/${settings.S3_BUCKET}`
    : `folder:${dataFolder()}`;
  if (open?.key !== key) open = { key, store: make() };
  return open.store;
}

function make(): ObjectStore {
  const settings = env();
  if (!settings.S3_BUCKET) return folderStore(path.join(dataFolder(), "objects"));
  return s3Store({
    bucket: settings.S3_BUCKET,
    endpoint: settings.S3_ENDPOINT,
    region: settings.S3_REGION,
    accessKeyId: settings.S3_ACCESS_KEY_ID,
    secretAccessKey: settings.S3_SECRET_ACCESS_KEY,
  });
}
