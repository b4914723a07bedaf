import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { WireRequest } from "./wire/message.ts";

/** What is wrong with a request's signature. */
export type SignatureProblem =
  | { readonly why: "mismatch" }
  /** The body is not the one whose digest `x-amz-content-sha256` states. */
  | { readonly why: "contentMismatch" }
  /** Signed too long ago or in the future, in the words of AWS. */
  | { readonly why: "skewed"; readonly message: string };

/** What a signature is checked against. */
export interface SignatureKey {
  readonly secretAccessKey: string;
  /** Name of the service that the request is for; S3 canonicalizes in a way of its own. */
  readonly signingName: string;
}

/** Checks signatures; `undefined`: the signature is right. */
export type VerifySignature = (
  request: WireRequest,
  key: SignatureKey,
) => SignatureProblem | undefined;

const minuteMs = 60_000;
/** Many keys of many days; beyond, the cache begins anew. */
const maxCachedKeys = 4096;

/**
 * A verifier of Signature Version 4, in the `authorization` header or in a presigned address. It
 * keeps the signing keys that it has derived. How far the time of signing may lie from the present
 * is judged only where the request says when it came in: a client in this process signs by the
 * wall clock, of which a virtual clock knows nothing. Signatures of the single chunks of a body
 * are not checked.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signatureVerifier(): VerifySignature {
  const keys = new Map<string, Buffer>();
  const signingKey = (secret: string, scope: readonly string[]): Buffer => {
    const name = `${secret}/${scope.join("/")}`;
    let key = keys.get(name);
    if (key === undefined) {
      if (keys.size >= maxCachedKeys) keys.clear();
      key = scope.reduce<Buffer>((outer, part) => hmac(outer, part), Buffer.from(`AWS4${secret}`));
      keys.set(name, key);
    }
    return key;
  };

  return (request, { secretAccessKey, signingName }) => {
    const signed = readSignature(request);
    if (signed === undefined) return { why: "mismatch" };
    const isS3 = signingName === "s3";
    const stated = isS3 ? request.headers["x-amz-content-sha256"] : undefined;
    const isOpaque = stated === "UNSIGNED-PAYLOAD" || stated?.startsWith("STREAMING-") === true;
    const payload = isOpaque
      ? stated
      : isS3 && signed.isPresigned
        ? "UNSIGNED-PAYLOAD"
        : sha256(request.body);
    const canonical = [
      request.method,
      isS3 ? request.path : canonicalPath(request.path),
      canonicalQuery(request.query),
      ...signed.headers.map((name) => `${name}:${headerValue(request, name)}`),
      "",
      signed.headers.join(";"),
      stated ?? payload,
    ].join("\n");
    const toSign = ["AWS4-HMAC-SHA256", signed.time, signed.scope.join("/"), sha256(canonical)];
    const expected = hmac(signingKey(secretAccessKey, signed.scope), toSign.join("\n"));
    const given = Buffer.from(signed.signature, "hex");
    if (
      !signed.headers.includes("host") ||
      signed.scope[0] !== signed.time.slice(0, 8) ||
      given.length !== expected.length ||
      !timingSafeEqual(given, expected)
    ) {
      return { why: "mismatch" };
    }
    if (stated !== undefined && stated !== payload) return { why: "contentMismatch" };
    return skew(signed, request.receivedAtMs, isS3);
  };
}

/** The parts of a request's signature. */
interface Signature {
  readonly isPresigned: boolean;
  /** Date, Region, service and `aws4_request`. */
  readonly scope: readonly string[];
  /** Names of the signed headers, as the client ordered them. */
  readonly headers: readonly string[];
  readonly signature: string;
  /** Such as `20261101T000000Z`. */
  readonly time: string;
  /** How long a presigned address is good for. */
  readonly expiresMs?: number;
}

function readSignature(request: WireRequest): Signature | undefined {
  const { authorization } = request.headers;
  const query = new Map(request.query);
  const field = (name: string): string | undefined =>
    authorization === undefined
      ? query.get(`X-Amz-${name}`)
      : new RegExp(`[\\s,]${name}=([^,\\s]+)`).exec(authorization)?.[1];
  const scope = field("Credential")?.split("/").slice(1);
  const headers = field("SignedHeaders")?.split(";");
  const signature = field("Signature");
  const time =
    authorization === undefined ? query.get("X-Amz-Date") : request.headers["x-amz-date"];
  if (!scope || !headers || !signature || !time || instant(time) === undefined) return undefined;
  if (authorization !== undefined) return { isPresigned: false, scope, headers, signature, time };
  const expires = query.get("X-Amz-Expires") ?? "";
  if (!/^\d{1,6}$/.test(expires)) return undefined;
  const expiresMs = Number(expires) * 1000;
  return { isPresigned: true, scope, headers, signature, time, expiresMs };
}

/** The path with its segments normalized and encoded once more, as all services but S3 have it. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(encode(segment));
  }
  const end = segments.length > 0 && path.endsWith("/") ? "/" : "";
  return `/${segments.join("/")}${end}`;
}

function canonicalQuery(query: WireRequest["query"]): string {
  if (query.length === 0) return "";
  return query
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function headerValue(request: WireRequest, name: string): string {
  return (request.headers[name] ?? "").trim().replace(/\s+/g, " ");
}

/** Percent-encodes all but the unreserved characters. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Whether a request came in when its signature was not or no longer good. */
function skew(
  { time, expiresMs }: Signature,
  receivedAtMs: number | undefined,
  isS3: boolean,
): SignatureProblem | undefined {
  const at = instant(time);
  if (receivedAtMs === undefined || at === undefined) return undefined;
  const minutes = isS3 ? 15 : 5;
  const toleranceMs = minutes * minuteMs;
  const now = basicTime(receivedAtMs);
  if (at > receivedAtMs + toleranceMs) {
    const limit = basicTime(receivedAtMs + toleranceMs);
    const message = `Signature not yet current: ${time} is still later than ${limit} (${now} + ${minutes} min.)`;
    return { why: "skewed", message };
  }
  if (at + (expiresMs ?? toleranceMs) < receivedAtMs) {
    const limit = basicTime(receivedAtMs - (expiresMs ?? toleranceMs));
    const message = `Signature expired: ${time} is now earlier than ${limit} (${now} - ${
      expiresMs === undefined ? `${minutes} min.` : `${expiresMs / 1000} s`
    })`;
    return { why: "skewed", message };
  }
  return undefined;
}

function instant(basic: string): number | undefined {
  const iso = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(basic);
  if (iso === null) return undefined;
  const at = Date.parse(`${iso[1]}-${iso[2]}-${iso[3]}T${iso[4]}:${iso[5]}:${iso[6]}Z`);
  return Number.isNaN(at) ? undefined : at;
}

function basicTime(atMs: number): string {
  return new Date(atMs).toISOString().replace(/[-:]|\.\d{3}/g, "");
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

function hmac(key: Buffer, data: string): Buffer {
  return createHmac("sha256", key).update(data).digest();
}
