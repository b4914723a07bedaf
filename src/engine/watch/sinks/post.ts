import { lookup as resolveName } from "node:dns";
import { request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { AppError } from "../../../core/app-error.ts";
import { SinkFailure } from "../sink.ts";

/** What is posted. */
export interface PostOptions {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** What was answered: the status, and of the body the beginning. */
export interface PostAnswer {
  readonly status: number;
  readonly text: string;
  /** How long the other side asks to wait. */
  readonly retryAfterMs?: number;
}

const mostAnswer = 1_024;

/**
 * Checks the address of a webhook. `http` is for this machine only unless said otherwise: who
 * listens on the way would read findings.
 *
 * @throws AppError ORGRAIL4380, which does not repeat the address: it may be a secret.
 */
export function webhookUrl(text: string, what: string, allowHttp: boolean): URL {
  const fail = (why: string, hint: string): AppError =>
    new AppError("ORGRAIL4380", `${what}: ${why}`, { exit: "usage", hint });
  if (!URL.canParse(text)) {
    throw fail("its address is no URL", "write it like https://hooks.example.com/orgrail");
  }
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw fail(`\`${url.protocol}\` is not spoken`, "write an https address");
  }
  if (url.username !== "" || url.password !== "") {
    throw fail("its address holds a password", "sign the requests with a secret instead");
  }
  if (url.protocol === "http:" && !allowHttp && !isLoopback(url.hostname)) {
    throw fail(
      `\`http\` to ${url.hostname} is not encrypted`,
      "use https, or say `allowHttp: true` (--allow-http) if the network is trusted",
    );
  }
  if (isIP(bare(url.hostname)) !== 0 && isForbidden(bare(url.hostname))) {
    throw fail(`${url.hostname} is where machines get their credentials`, "name another host");
  }
  return url;
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}

function isLoopback(hostname: string): boolean {
  const host = bare(hostname);
  if (host === "localhost") return true;
  return isIP(host) !== 0 && ipaddr.process(host).range() === "loopback";
}

/** Addresses of the link, where clouds hand out credentials; and AWS's own of version 6. */
function isForbidden(address: string): boolean {
  const parsed = ipaddr.process(address);
  if (parsed.range() === "linkLocal") return true;
  return parsed.kind() === "ipv6" && parsed.toString().startsWith("fd00:ec2:");
}

/** Resolves a name, and refuses one that leads where it must not; checked at every connection. */
const safeLookup: LookupFunction = (hostname, options, callback) => {
  resolveName(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error !== null || first === undefined) {
      callback(error ?? new Error(`${hostname} has no address`), "", 0);
      return;
    }
    if (addresses.some(({ address }) => isForbidden(address))) {
      callback(new Error(`${hostname} leads to an address of the link`), "", 0);
      return;
    }
    if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/** Posts a text. Redirects are not followed. Throws a {@link SinkFailure} when there is no answer. */
export function post({ url, headers, body, signal, timeoutMs }: PostOptions): Promise<PostAnswer> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? requestSecure : requestPlain;
    const limit = AbortSignal.timeout(timeoutMs);
    const request = send(
      url,
      {
        method: "POST",
        headers: {
          ...headers,
          "content-length": String(Buffer.byteLength(body)),
          "user-agent": "orgrail",
        },
        lookup: safeLookup,
        signal: AbortSignal.any([signal, limit]),
      },
      (response) => {
        let text = "";
        // The status is the answer: what is wrong with the text behind it does not undo it.
        const answer = (): void => {
          const wait = Number(response.headers["retry-after"]);
          resolve({
            status: response.statusCode ?? 0,
            text,
            ...(Number.isFinite(wait) && wait > 0
              ? { retryAfterMs: Math.min(wait, 900) * 1_000 }
              : {}),
          });
        };
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text += chunk.slice(0, mostAnswer - text.length);
          if (text.length < mostAnswer) return;
          answer();
          response.destroy();
        });
        response.on("error", answer);
        response.on("end", answer);
      },
    );
    request.on("error", (error) => {
      const reason = limit.aborted ? `no answer within ${timeoutMs / 1_000} s` : error.message;
      reject(new SinkFailure(`${url.host}: ${reason}`));
    });
    request.end(body);
  });
}

/** Statuses by which the other side refuses what was sent, not that it was sent now. */
const refusals: ReadonlySet<number> = new Set([400, 413, 415, 422]);

/** Throws a {@link SinkFailure} unless the answer is a good one. */
export function checkAnswer(host: string, { status, text, retryAfterMs }: PostAnswer): void {
  if (status >= 200 && status < 300) return;
  const said = text
    .replace(/[\p{Cc}\p{Cf}]+/gu, " ")
    .trim()
    .slice(0, 200);
  const redirect = status >= 300 && status < 400 ? " (redirects are not followed)" : "";
  throw new SinkFailure(`${host} answered ${status}${redirect}${said === "" ? "" : `: ${said}`}`, {
    isRefusal: refusals.has(status),
    ...(retryAfterMs === undefined ? {} : { waitMs: retryAfterMs }),
  });
}
