import type { Finding, Severity } from "../../../core/finding.ts";
import type { Sink } from "../sink.ts";
import { checkAnswer, post } from "./post.ts";

/** Findings in one message. */
const mostAtOnce = 10;
const timeoutMs = 15_000;
/** Longer texts are cut: a message takes 40,000 characters, and a block 3,000. */
const mostText = 2_800;

const signs: Readonly<Record<Severity, string>> = {
  critical: ":rotating_light:",
  high: ":red_circle:",
  medium: ":large_orange_circle:",
  low: ":large_yellow_circle:",
  info: ":information_source:",
};

/**
 * A channel of Slack by its incoming webhook, whose address is the secret.
 *
 * @see https://api.slack.com/messaging/webhooks
 */
export function slackSink(name: string, url: URL): Sink {
  return {
    name,
    most: mostAtOnce,
    deliver: async (findings, signal) => {
      const body = JSON.stringify(slackMessage(findings));
      const headers = { "content-type": "application/json" };
      checkAnswer(url.host, await post({ url, headers, body, signal, timeoutMs }));
      return [];
    },
  };
}

/** A message: a line for notifications, and a block for each finding. */
export function slackMessage(findings: readonly Finding[]): object {
  const [first] = findings;
  const title =
    findings.length === 1 && first !== undefined
      ? `${first.severity}: ${first.title}`
      : `${findings.length} findings of orgrail`;
  return {
    text: escaped(title),
    blocks: findings.map((finding) => ({
      type: "section",
      // Taken as it is: Slack would make links of addresses, and mentions of names.
      text: { type: "mrkdwn", verbatim: true, text: cut(blockText(finding)) },
    })),
  };
}

function blockText(finding: Finding): string {
  const { severity, rule, message, remedy, time, exception, account, accountName, region } =
    finding;
  const place = [accountName ?? account, region, time]
    .filter((one) => one !== undefined)
    .join(", ");
  return [
    `${signs[severity]} *${severity}* \`${escaped(rule)}\` ${escaped(place)}`,
    escaped(message),
    exception === undefined ? `_${escaped(remedy)}_` : `Expected: ${escaped(exception.reason)}`,
  ].join("\n");
}

/** Texts of events may be made by an intruder: none mentions a channel or makes a link. */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}]+/gu, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

function cut(text: string): string {
  return text.length <= mostText ? text : `${text.slice(0, mostText - 3)}...`;
}
