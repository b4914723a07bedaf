import { createHash, createHmac } from "node:crypto";
import type { Clock } from "../../../core/clock.ts";
import type { Finding } from "../../../core/finding.ts";
import type { Sink } from "../sink.ts";
import { checkAnswer, post } from "./post.ts";

/** What a webhook is called with. */
export interface WebhookSinkOptions {
  readonly name: string;
  readonly url: URL;
  /** Signs requests; unsigned when absent. */
  readonly secret: string | undefined;
  readonly clock: Clock;
}

/** Findings in one request. */
const mostAtOnce = 50;
const timeoutMs = 15_000;

/** A webhook: findings as JSON, signed by HMAC-SHA256 over the time and the body. */
export function webhookSink({ name, url, secret, clock }: WebhookSinkOptions): Sink {
  return {
    name,
    most: mostAtOnce,
    knowsDeliveries: true,
    deliver: async (findings, signal) => {
      const body = JSON.stringify({ schemaVersion: 1, findings });
      const seconds = Math.floor(clock.now() / 1_000);
      const answer = await post({
        url,
        body,
        signal,
        timeoutMs,
        headers: {
          "content-type": "application/json",
          // The same for the same findings sent again: a receiver knows by it what it has.
          "x-orgrail-delivery": deliveryId(findings),
          "x-orgrail-timestamp": String(seconds),
          ...(secret === undefined
            ? {}
            : { "x-orgrail-signature": webhookSignature(secret, seconds, body) }),
        },
      });
      checkAnswer(url.host, answer);
      return [];
    },
  };
}

/** `v1=` and the HMAC-SHA256 of the time in seconds, a period and the body, in hexadecimal. */
export function webhookSignature(secret: string, seconds: number, body: string): string {
  return `v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`;
}

function deliveryId(findings: readonly Finding[]): string {
  const hash = createHash("sha256");
  for (const { id } of findings) hash.update(`${id}\n`);
  return hash.digest("hex").slice(0, 32);
}
