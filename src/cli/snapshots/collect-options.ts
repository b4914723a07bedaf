import type { ListOption, TextOption } from "../command.ts";
import { type ConfigOptions, configOptions } from "../config-options.ts";

/** Options of commands that take a snapshot. */
export interface CollectOptions extends ConfigOptions {
  readonly out: string | undefined;
  readonly store: string | undefined;
  readonly kmsKey: string | undefined;
  readonly keep: string | undefined;
  readonly tier: string | undefined;
  readonly service: readonly string[];
  readonly governedRegion: readonly string[];
  readonly read: readonly string[];
  readonly maxAge: string | undefined;
  readonly reuse: string | undefined;
}

/** `--store`, for commands that read or write snapshots with their history. */
export const storeOption: TextOption = {
  kind: "text",
  value: "PLACE",
  description: "a store of snapshots: a folder, or s3://BUCKET/PREFIX",
};

/** The same as the table has them. */
export const collectOptions: typeof configOptions &
  Readonly<Record<"service" | "governedRegion" | "read", ListOption>> &
  Readonly<Record<"out" | "store" | "kmsKey" | "keep" | "tier" | "maxAge" | "reuse", TextOption>> =
  {
    ...configOptions,
    out: {
      kind: "text",
      short: "o",
      value: "FILE",
      description: "write here instead of ./snapshot.json",
    },
    store: {
      ...storeOption,
      description:
        "add it to this store, with its history and a table of its cells: a folder, or s3://BUCKET/PREFIX",
    },
    kmsKey: {
      kind: "text",
      value: "KEY",
      description:
        "with a store in S3: encrypt by this key of AWS KMS, not by what the bucket has by default",
    },
    keep: {
      kind: "text",
      value: "TIME",
      description:
        "with --store: remove snapshots that are older, such as 90d; without it none ever are",
    },
    tier: {
      kind: "text",
      value: "TIER",
      choices: ["headline", "full", "inside"],
      description: "read security services, so deep",
    },
    service: { kind: "list", value: "SERVICE", description: "with a tier: only this service" },
    governedRegion: {
      kind: "list",
      value: "REGION",
      description: "with a tier: a Region to look at, instead of the configuration's governed ones",
    },
    read: {
      kind: "list",
      value: "WHAT",
      description:
        "with tier headline or full: also contacts, tags or regions of all accounts, a call or more for each",
    },
    maxAge: {
      kind: "text",
      value: "TIME",
      description:
        "with --store: take answers of an earlier collect that are not older, such as 6h",
    },
    reuse: {
      kind: "text",
      value: "WHICH",
      description:
        "with --store: take them from this snapshot, by its time, instead of the latest; not older than 6h unless --max-age says",
    },
  };
