import { resolve } from "node:path";
import type { Aws } from "../../aws/aws.ts";
import { AppError, InputError } from "../../core/app-error.ts";
import type { DesiredSink, SecretPlace } from "../../core/desired.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Finding, Severity } from "../../core/finding.ts";
import { parseArn } from "../../core/identifiers.ts";
import type { WatchSink } from "../../engine/watch/run-watch.ts";
import type { Sink } from "../../engine/watch/sink.ts";
import { fileSink } from "../../engine/watch/sinks/file-sink.ts";
import { webhookUrl } from "../../engine/watch/sinks/post.ts";
import { securityHubSink } from "../../engine/watch/sinks/security-hub-sink.ts";
import { slackSink } from "../../engine/watch/sinks/slack-sink.ts";
import { snsSink } from "../../engine/watch/sinks/sns-sink.ts";
import { streamSink } from "../../engine/watch/sinks/stream-sink.ts";
import { webhookSink } from "../../engine/watch/sinks/webhook-sink.ts";
import { renderFindingsJsonLines } from "../../report/findings-json-lines.ts";
import { renderFindingsOcsf } from "../../report/findings-ocsf.ts";
import { renderFindingStream } from "../../report/findings-text.ts";
import type { WatchCommandOptions } from "../commands/events/watch.command.ts";
import type { Deps } from "../deps.ts";
import { hubOf } from "../events/write-findings.ts";
import { programFacts } from "../program-facts.gen.ts";
import { readSecret } from "./read-secret.ts";

/** Variables that hold secrets of sinks that the command line names. */
export const secretVariables: Readonly<Record<"webhook" | "slack", string>> = {
  webhook: "ORGRAIL_WATCH_WEBHOOK_SECRET",
  slack: "ORGRAIL_WATCH_SLACK_ADDRESS",
};

/**
 * The sinks that the command line names, then those of the configuration; standard output when there
 * is none of either.
 */
export function wantedSinks(
  deps: Deps,
  options: WatchCommandOptions,
  configured: readonly DesiredSink[],
): readonly DesiredSink[] {
  const severity = options.severity === undefined ? {} : { severity: options.severity as Severity };
  const secret = deps.env[secretVariables.webhook];
  const own: DesiredSink[] = [];
  if (options.out !== undefined) {
    const path = resolve(deps.cwd, options.out);
    own.push({ name: "out", ...severity, target: { type: "file", path, format: "jsonl" } });
  }
  if (options.webhook !== undefined) {
    const target = {
      type: "webhook" as const,
      url: options.webhook,
      allowHttp: options.allowHttp,
      ...(secret === undefined || secret === ""
        ? {}
        : { secret: { env: secretVariables.webhook } }),
    };
    own.push({ name: "cli-webhook", ...severity, target });
  }
  if (options.slack) {
    const address: SecretPlace = { env: secretVariables.slack };
    own.push({ name: "cli-slack", ...severity, target: { type: "slack", address } });
  }
  if (options.topic !== undefined) {
    if (parseArn(options.topic)?.service !== "sns") {
      throw new InputError("ORGRAIL5373", `\`${options.topic}\` is no ARN of a topic`, []);
    }
    own.push({ name: "cli-sns", ...severity, target: { type: "sns", topic: options.topic } });
  }
  if (options.hub !== undefined) {
    const { account, region } = hubOf(options.hub);
    own.push({
      name: "cli-security-hub",
      ...severity,
      target: { type: "security-hub", account, region },
    });
  }
  const all = [...own, ...configured];
  const { format } = options;
  const wantsOutput = format === undefined ? all.length === 0 : format !== "none";
  if (!wantsOutput) return distinct(all);
  const target: DesiredSink["target"] = {
    type: "stdout",
    format: format === "jsonl" || format === "ocsf" ? format : deps.global.json ? "jsonl" : "text",
  };
  const others = all.filter((sink) => sink.target.type !== "stdout");
  return distinct([{ name: "stdout", ...severity, target }, ...others]);
}

/** What a sink has taken is noted by its name: two of one name would take from each other. */
function distinct(sinks: readonly DesiredSink[]): readonly DesiredSink[] {
  const names = new Set<string>();
  for (const { name } of sinks) {
    if (names.has(name)) {
      throw new InputError(
        "ORGRAIL5377",
        `two sinks are called \`${name}\`, one of them on the command line`,
        [],
        "give the one in orgrail.yaml another `name`",
      );
    }
    names.add(name);
  }
  return sinks;
}

/**
 * Opens sinks. Secrets are read now; none of them is told to anybody. Throws InputError, which tells of
 * all that cannot be opened.
 */
export async function openSinks(
  deps: Deps,
  sinks: readonly DesiredSink[],
  folder: string,
  aws: Aws | undefined,
): Promise<readonly WatchSink[]> {
  const opened = await Promise.allSettled(
    sinks.map(async (wanted) => ({
      sink: await openSink(deps, wanted, folder, aws),
      severity: wanted.severity ?? ("info" as const),
    })),
  );
  const failures = opened.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  const told = failures.filter((one) => one instanceof AppError);
  if (told.length > 1) {
    const text = `${told.length} sinks cannot be opened`;
    throw new InputError("ORGRAIL5379", text, told.map(diagnosticOf));
  }
  if (failures.length > 0) throw failures[0];
  return opened.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

function diagnosticOf({ code, message, hint }: AppError): Diagnostic {
  const help = hint === undefined ? {} : { help: hint };
  return { severity: "error", code, summary: message, ...help };
}

/** Whether a sink is reached by AWS's clients. */
export function isSinkInAws({ target }: DesiredSink): boolean {
  return target.type === "sns" || target.type === "security-hub";
}

async function openSink(
  deps: Deps,
  { name, target }: DesiredSink,
  folder: string,
  aws: Aws | undefined,
): Promise<Sink> {
  const { clock } = deps;
  switch (target.type) {
    case "stdout":
      return streamSink(name, rendererOf(deps, target.format), async (text) => {
        if (deps.stdout.writeWhole !== undefined) return deps.stdout.writeWhole(text);
        deps.stdout.write(text);
        return true;
      });
    case "file":
      return fileSink(name, resolve(folder, target.path), rendererOf(deps, target.format));
    case "webhook": {
      const what = `the webhook \`${name}\``;
      const url = webhookUrl(target.url, what, target.allowHttp);
      const secret =
        target.secret === undefined
          ? undefined
          : await readSecret(target.secret, `the secret of ${what}`, deps.env, folder);
      return webhookSink({ name, url, secret, clock });
    }
    case "slack": {
      const what = `the address of \`${name}\``;
      const address = await readSecret(target.address, what, deps.env, folder);
      return slackSink(name, webhookUrl(address, what, false));
    }
    case "sns":
      return snsSink(name, present(aws), target.topic);
    case "security-hub": {
      const hub = hubOf(`${target.account}:${target.region}`);
      await checkHub(present(aws), name, hub.account);
      return securityHubSink({
        name,
        aws: present(aws),
        hub,
        version: programFacts.version,
        clock,
      });
    }
  }
}

/**
 * Security Hub takes findings of the account only that sends them, unless it is a partner's. Who the
 * caller is may be unknown now; then Security Hub tells.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
 */
async function checkHub(aws: Aws, name: string, account: string): Promise<void> {
  const caller = await aws.caller().catch(() => undefined);
  if (caller === undefined || caller.account === account) return;
  throw new InputError(
    "ORGRAIL5378",
    `the sink \`${name}\` names the Security Hub of ${account}, the credentials are of ${caller.account}`,
    [],
    `name that of ${caller.account}: its administrator sees what is in it; or watch with credentials of ${account}`,
  );
}

function present(aws: Aws | undefined): Aws {
  if (aws === undefined) throw new Error("a sink in AWS needs a connection");
  return aws;
}

function rendererOf(
  deps: Deps,
  format: "text" | "jsonl" | "ocsf",
): (findings: readonly Finding[]) => string {
  switch (format) {
    case "jsonl":
      return renderFindingsJsonLines;
    case "ocsf":
      return (findings) =>
        renderFindingsOcsf(findings, {
          version: programFacts.version,
          writtenAt: new Date(deps.clock.now()).toISOString(),
          kind: "detection",
        });
    case "text":
      return (findings) =>
        renderFindingStream(findings, {
          color: deps.paint.isColorSupported,
          width: deps.stdout.columns,
        });
  }
}
