import { dirname, join, resolve } from "node:path";
import { InputError } from "../../../core/app-error.ts";
import { detectFacts } from "../../../detect/facts.ts";
import { runWatch } from "../../../engine/watch/run-watch.ts";
import type { ListenAddress } from "../../../engine/watch/status-server.ts";
import { watchLog } from "../../../engine/watch/watch-log.ts";
import { fileLock } from "../../../store/file-lock.ts";
import { readSnapshotFile } from "../../../store/snapshot-file.ts";
import type { Run } from "../../command.ts";
import { connect } from "../../connect.ts";
import { chosenRules } from "../../events/chosen-rules.ts";
import { readConfigIfAny } from "../../events/config-if-any.ts";
import { parseTime } from "../../parse-time.ts";
import { makeStateFolder, stateFolder } from "../../state-folder.ts";
import { isSinkInAws, openSinks, wantedSinks } from "../../watch/watch-sinks.ts";
import { isInAws, watchSource } from "../../watch/watch-sources.ts";
import { counted } from "../../words.ts";
import type { WatchCommandOptions } from "./watch.command.ts";

/** Watches until it is ended. */
export const run: Run<WatchCommandOptions> = async (deps, options, words) => {
  const { clock, global, stderr } = deps;
  const now = clock.now();
  const rules = chosenRules(options.rule);
  const listen = listenAddress(options.listen);
  const { since } = options;
  const sinceMs = since === undefined ? undefined : parseTime(since, "--since", now);
  const config = await readConfigIfAny(deps, options);
  const desired = config?.desired;
  const configFolder = config === undefined ? deps.cwd : dirname(config.path);
  const named =
    words.length > 0
      ? words.map((word) => ({ word, folder: deps.cwd }))
      : (desired?.watch?.sources ?? []).map((word) => ({ word, folder: configFolder }));
  if (named.length === 0) {
    throw new InputError(
      "ORGRAIL5370",
      "there is nothing to watch",
      [],
      "name a queue, a place in S3 or a folder, or `watch.sources` in orgrail.yaml",
    );
  }
  const snapshot =
    options.snapshot === undefined
      ? undefined
      : await readSnapshotFile(resolve(deps.cwd, options.snapshot));
  const format = stderr.isTerminal && !global.json ? "text" : "json";
  const log = watchLog(
    clock,
    (line) => {
      if (!global.quiet || /"level":"error"|^\S+ error/.test(line)) stderr.write(`${line}\n`);
    },
    format,
  );
  const sinks = wantedSinks(deps, options, desired?.watch?.sinks ?? []);
  const needsAws = named.some(({ word }) => isInAws(word)) || sinks.some(isSinkInAws);
  const aws = needsAws ? await connect(deps) : undefined;
  const random = Math.random;
  const sources = named.map(({ word, folder }) =>
    watchSource(word, folder, {
      aws,
      since: sinceMs === undefined ? undefined : new Date(sinceMs).toISOString().slice(0, 10),
      today: new Date(now).toISOString().slice(0, 10),
      everyMs: options.every === undefined ? undefined : options.every * 1_000,
      once: options.once,
      clock,
      random,
      log,
    }),
  );
  const opened = await openSinks(deps, sinks, configFolder, aws);
  const state = stateFolder(deps, options.stateDir, config?.path);
  await makeStateFolder(state);
  const folder = join(state, "watch");
  const lock = await fileLock({
    directory: folder,
    organizationId: "watch",
    purpose: "watch",
    clock,
  }).acquire(deps.signal);
  try {
    const report = await runWatch({
      folder,
      applyFolder: state,
      rules,
      facts: detectFacts({
        ...(desired === undefined ? {} : { desired }),
        ...(snapshot === undefined ? {} : { snapshot }),
      }),
      allow: desired?.detection?.allow ?? [],
      sources,
      sinks: opened,
      ...(listen === undefined ? {} : { listen }),
      ...(options.spool === undefined ? {} : { limits: { spoolBytes: options.spool * 1_000_000 } }),
      clock,
      random,
      log,
      signal: deps.signal,
    });
    const isLeft = Object.keys(report.kept).length > 0 || report.unread.length > 0;
    return {
      result: report,
      written: true,
      exit: isLeft ? "gaps" : "done",
      diagnostics: config?.diagnostics ?? [],
      ...(options.once
        ? { next: `${counted(report.events, "event")}, ${counted(report.findings, "finding")}` }
        : {}),
    };
  } finally {
    await lock.release();
    aws?.close();
  }
};

const defaultListen: ListenAddress = { host: "127.0.0.1", port: 9_464 };

/** Reads `HOST:PORT`, `PORT` or `off`. Throws ORGRAIL5374. */
function listenAddress(text: string | undefined): ListenAddress | undefined {
  if (text === undefined) return defaultListen;
  if (text === "off") return undefined;
  const match = /^(?:(\[[0-9a-f:]+\]|[^:[\]\s]+):)?(\d{1,5})$/i.exec(text);
  const port = Number(match?.[2]);
  if (match === null || port > 65_535) {
    throw new InputError(
      "ORGRAIL5374",
      `\`${text}\` is no address to listen on`,
      [],
      "write it like 127.0.0.1:9464, or off",
    );
  }
  return { host: match[1]?.replace(/^\[|\]$/g, "") ?? defaultListen.host, port };
}
