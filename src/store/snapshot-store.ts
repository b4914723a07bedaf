import { createHash } from "node:crypto";
import { AppError, InputError } from "../core/app-error.ts";
import type { CellState } from "../core/coverage.ts";
import { isJsonObject } from "../core/json.ts";
import type { CollectTier, Snapshot } from "../core/snapshot.ts";
import type { ObjectStorage } from "./object-storage.ts";
import { parseSnapshot, snapshotText } from "./snapshot-file.ts";

/** A file of a snapshot in a store. */
export interface StoredFile {
  readonly name: string;
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** What the index of a store says of a snapshot. */
export interface SnapshotEntry {
  readonly kind: "orgrail-snapshot-entry";
  readonly schemaVersion: 1;
  /** Its folder under `snapshots/`: the time it was taken, and a number when there are several. */
  readonly id: string;
  readonly organizationId: string;
  /** ISO 8601. */
  readonly takenAt: string;
  /** `null`: the organization alone. */
  readonly tier: CollectTier | null;
  readonly accounts: number;
  readonly calls: number;
  readonly gaps: number;
  /** How many cells are in each state; `null` without services. */
  readonly cells: Readonly<Record<CellState, number>> | null;
  readonly files: readonly StoredFile[];
}

/** What is saved beside the snapshot itself. */
export interface SnapshotExtras {
  readonly cells?: {
    readonly parquet: Uint8Array;
    readonly counts: Readonly<Record<CellState, number>>;
  };
  /** Answers for the next collect, compressed. */
  readonly answers?: Uint8Array;
}

/** Snapshots of one organization with their history; nothing in it is ever overwritten. */
export interface SnapshotStore {
  readonly name: string;
  save(snapshot: Snapshot, extras: SnapshotExtras): Promise<SnapshotEntry>;
  /** What is in the store, the oldest first. */
  list(): Promise<readonly SnapshotEntry[]>;
  /** Reads a snapshot. Throws ORGRAIL4204 when it is damaged. */
  read(entry: SnapshotEntry): Promise<Snapshot>;
  /** The answers that it rests on; `undefined` when they were not kept or are damaged. */
  answersOf(entry: SnapshotEntry): Promise<Buffer | undefined>;
  /** Removes a snapshot: first from the index, then its files. */
  remove(entry: SnapshotEntry): Promise<void>;
}

const marker = { kind: "orgrail-snapshot-store", schemaVersion: 1 } as const;
const markerKey = "store.json";
const hint = "name the folder or prefix that `orgrail collect --store` writes to";

/**
 * Snapshots in a folder or a bucket: `store.json` says whose they are, `entries/ID.json` is the
 * index, `snapshots/ID/` holds the files. An entry is written last: what has none was cut off and is
 * not looked at.
 */
export function snapshotStore(storage: ObjectStorage): SnapshotStore {
  const { name } = storage;
  const check = async (organizationId: string | undefined): Promise<void> => {
    const found = await storage.read(markerKey);
    if (found === undefined) {
      if (organizationId === undefined) {
        throw new InputError("ORGRAIL4292", `there is no store of snapshots in ${name}`, [], hint);
      }
      const text = `${JSON.stringify({ ...marker, organizationId }, null, 1)}\n`;
      if (await storage.create(markerKey, Buffer.from(text))) return;
      return check(organizationId);
    }
    const value = parse(found);
    if (value?.kind !== marker.kind) {
      throw new InputError("ORGRAIL4292", `${name} is no store of snapshots`, [], hint);
    }
    if (value.schemaVersion !== marker.schemaVersion) {
      throw new InputError(
        "ORGRAIL4292",
        `${name} is a store of format ${String(value.schemaVersion)}; this version knows format ${marker.schemaVersion}`,
        [],
        "use the orgrail that made it, or a newer one",
      );
    }
    if (organizationId !== undefined && value.organizationId !== organizationId) {
      throw new InputError(
        "ORGRAIL4293",
        `${name} holds snapshots of ${String(value.organizationId)}, not of ${organizationId}`,
        [],
        "give every organization a store of its own",
      );
    }
  };

  const take = async (takenAt: string, bytes: Uint8Array): Promise<string> => {
    const time = takenAt.replace(/\.\d+/, "").replaceAll(/[-:]/g, "");
    for (let number = 1; number <= 99; number += 1) {
      const id = number === 1 ? time : `${time}-${number}`;
      // One that was cut off keeps its place: what is there is nobody's to overwrite.
      if ((await storage.list(`entries/${id}.json`)).length > 0) continue;
      if (await storage.create(`snapshots/${id}/snapshot.json`, bytes)) return id;
    }
    throw new AppError("ORGRAIL4291", `${name} has 99 snapshots of ${takenAt} already`);
  };

  return {
    name,
    save: async (snapshot, { cells, answers }) => {
      await check(snapshot.organization.id);
      const bytes = Buffer.from(snapshotText(snapshot));
      const id = await take(snapshot.takenAt, bytes);
      const files: StoredFile[] = [stored("snapshot.json", bytes)];
      for (const [file, content] of [
        ["cells.parquet", cells?.parquet],
        ["answers.ndjson.gz", answers],
      ] as const) {
        if (content === undefined) continue;
        await storage.create(`snapshots/${id}/${file}`, content);
        files.push(stored(file, content));
      }
      const entry: SnapshotEntry = {
        kind: "orgrail-snapshot-entry",
        schemaVersion: 1,
        id,
        organizationId: snapshot.organization.id,
        takenAt: snapshot.takenAt,
        tier: snapshot.scope?.tier ?? null,
        accounts: snapshot.organization.accounts.length,
        calls: snapshot.calls?.length ?? 0,
        gaps: snapshot.gaps.length,
        cells: cells?.counts ?? null,
        files,
      };
      const text = `${JSON.stringify(entry, null, 1)}\n`;
      if (!(await storage.create(`entries/${id}.json`, Buffer.from(text)))) {
        throw new AppError("ORGRAIL4291", `${name} has an entry ${id} that another has written`);
      }
      return entry;
    },
    list: async () => {
      await check(undefined);
      const keys = await storage.list("entries/");
      const entries = await Promise.all(
        keys
          .filter((key) => key.endsWith(".json"))
          .map(async (key) => {
            const value = parse((await storage.read(key)) ?? Buffer.alloc(0));
            if (isEntry(value)) return value;
            throw new AppError("ORGRAIL4294", `${name}: \`${key}\` is damaged`, {
              exit: "usage",
              hint: "remove it, or bring it back from a backup; the others are whole",
            });
          }),
      );
      return entries.sort((a, b) =>
        a.takenAt < b.takenAt ? -1 : a.takenAt > b.takenAt ? 1 : a.id < b.id ? -1 : 1,
      );
    },
    read: async ({ id }) => {
      const key = `snapshots/${id}/snapshot.json`;
      const bytes = await storage.read(key);
      if (bytes === undefined) {
        throw new AppError("ORGRAIL4294", `${name}: \`${key}\` is missing`, { exit: "usage" });
      }
      return parseSnapshot(bytes.toString("utf8"), `${name.replace(/\/$/, "")}/${key}`);
    },
    answersOf: async ({ id, files }) => {
      const file = files.find((one) => one.name === "answers.ndjson.gz");
      if (file === undefined) return undefined;
      const bytes = await storage.read(`snapshots/${id}/${file.name}`);
      return bytes !== undefined && sha256(bytes) === file.sha256 ? bytes : undefined;
    },
    remove: async ({ id, files }) => {
      await storage.remove(`entries/${id}.json`);
      for (const file of files) await storage.remove(`snapshots/${id}/${file.name}`);
    },
  };
}

function stored(name: string, bytes: Uint8Array): StoredFile {
  return { name, bytes: bytes.byteLength, sha256: sha256(bytes) };
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function parse(bytes: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is SnapshotEntry {
  return (
    isJsonObject(value) &&
    value.kind === "orgrail-snapshot-entry" &&
    value.schemaVersion === 1 &&
    typeof value.id === "string" &&
    /^\d{8}T\d{6}Z(-\d+)?$/.test(value.id) &&
    typeof value.takenAt === "string" &&
    Array.isArray(value.files)
  );
}
