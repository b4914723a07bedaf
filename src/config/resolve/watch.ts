import type {
  DesiredSink,
  DesiredSinkTarget,
  DesiredWatch,
  SecretPlace,
} from "../../core/desired.ts";
import { configCodes } from "../codes.ts";
import { quoted } from "../report.ts";
import type { Partly, SecretPlaceInput, SinkInput, WatchInput } from "../schema/config-input.ts";
import { type Context, items, keyAt, spanAt, uniqueness } from "./context.ts";

type Sink = Partly<SinkInput>;
type Member = Exclude<keyof SinkInput, "type" | "name" | "severity">;

/** What each kind of sink takes beside its name and severity: what it needs, and what it may have. */
const members: Readonly<
  Record<
    SinkInput["type"],
    { readonly needs: readonly Member[]; readonly takes: readonly Member[] }
  >
> = {
  stdout: { needs: [], takes: ["format"] },
  file: { needs: ["path"], takes: ["format"] },
  webhook: { needs: ["url"], takes: ["secret", "allowHttp"] },
  slack: { needs: ["address"], takes: [] },
  sns: { needs: ["topic"], takes: [] },
  "security-hub": { needs: ["account", "region"], takes: [] },
};

/** Reads what is watched and where findings go. */
export function resolveWatch(
  context: Context,
  input: Partly<WatchInput> | undefined,
): DesiredWatch | undefined {
  if (input === undefined) return undefined;
  const sinks: DesiredSink[] = [];
  const names = uniqueness(context, configCodes.duplicateName);
  for (const [sink, at] of items(input.sinks, "/watch/sinks")) {
    if (sink.type === undefined) continue;
    const name = sink.name ?? sink.type;
    const isNew = names.check(
      name,
      keyAt(context, at),
      `two sinks are called ${quoted(name)}`,
      "give each a `name`",
    );
    const target = targetOf(context, sink, sink.type, at);
    if (!isNew || target === undefined) continue;
    sinks.push({
      name,
      ...(sink.severity === undefined ? {} : { severity: sink.severity }),
      target,
    });
  }
  return { sources: [...items(input.sources, "/watch/sources")].map(([source]) => source), sinks };
}

function targetOf(
  context: Context,
  sink: Sink,
  type: SinkInput["type"],
  at: string,
): DesiredSinkTarget | undefined {
  const { needs, takes } = members[type];
  for (const member of Object.keys(sink)) {
    const isKnown = [...needs, ...takes, "type", "name", "severity"].includes(member);
    if (isKnown || sink[member as keyof SinkInput] === undefined) continue;
    context.report.error(
      configCodes.unknownKey,
      `a sink of type ${quoted(type)} has no ${quoted(member)}`,
      spanAt(context, `${at}/${member}`),
      needs.length + takes.length === 0
        ? "remove it"
        : `it takes ${[...needs, ...takes].map(quoted).join(", ")}`,
    );
  }
  const absent = needs.filter((member) => sink[member] === undefined);
  // What is there and wrong has been told.
  const missing = absent.filter((member) => !context.places.has(`${at}/${member}`));
  if (missing.length > 0) {
    context.report.error(
      configCodes.missingKey,
      `a sink of type ${quoted(type)} needs ${missing.map(quoted).join(" and ")}`,
      keyAt(context, at),
    );
  }
  if (absent.length > 0) return undefined;
  const { format, path = "", url = "", topic = "", account = "", region = "" } = sink;
  switch (type) {
    case "stdout":
      return { type, format: format ?? "text" };
    case "file":
      if (format === "text") {
        context.report.error(
          configCodes.notAllowed,
          "a file takes findings a line, not as text",
          spanAt(context, `${at}/format`),
          "write `jsonl` or `ocsf`",
        );
      }
      return { type, path, format: format === "ocsf" ? "ocsf" : "jsonl" };
    case "webhook": {
      checkAddress(context, url, sink.allowHttp ?? false, `${at}/url`);
      const secret = secretOf(context, sink.secret, `${at}/secret`);
      const allowHttp = sink.allowHttp ?? false;
      return { type, url, allowHttp, ...(secret === undefined ? {} : { secret }) };
    }
    case "slack": {
      const address = secretOf(context, sink.address, `${at}/address`);
      return address === undefined ? undefined : { type, address };
    }
    case "sns":
      return { type, topic };
    case "security-hub":
      return { type, account, region };
  }
}

/** Tells of addresses that `orgrail watch` would refuse at its start. */
function checkAddress(context: Context, text: string, allowHttp: boolean, at: string): void {
  const say = (summary: string, help: string): void =>
    context.report.error(configCodes.notAllowed, summary, spanAt(context, at), help);
  if (!URL.canParse(text)) {
    say("the address is no URL", "write it like https://hooks.example.com/orgrail");
    return;
  }
  const { protocol, hostname, username, password } = new URL(text);
  if (protocol !== "https:" && protocol !== "http:") {
    say(`${quoted(protocol)} is not spoken`, "write an https address");
  } else if (username !== "" || password !== "") {
    say("the address holds a password", "sign the requests with a `secret` instead");
  } else if (protocol === "http:" && !allowHttp && !isOwnMachine.test(hostname)) {
    say(
      `\`http\` to ${hostname} is not encrypted`,
      "use https, or say `allowHttp: true` if the network is trusted",
    );
  }
}

const isOwnMachine = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

function secretOf(
  context: Context,
  place: Partly<SecretPlaceInput> | undefined,
  at: string,
): SecretPlace | undefined {
  if (place === undefined) return undefined;
  const { env, file } = place;
  if ((env === undefined) === (file === undefined)) {
    context.report.error(
      configCodes.missingKey,
      "a secret is in a variable or in a file",
      keyAt(context, at),
      "write `env: NAME` or `file: PATH`, one of them",
    );
    return undefined;
  }
  return env === undefined ? { file: file ?? "" } : { env };
}
