import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import { HttpRequest } from "@smithy/core/protocols";
import type { Keys } from "./sandbox-harness.ts";

/** A request as a test words it; all but the service has a default. */
export interface RequestParts {
  readonly service: string;
  readonly method?: string;
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** `host:port`. */
  readonly host: string;
  readonly signingDate?: Date;
}

/** Signs a request with the SDK's own signer. */
export async function signedRequest(keys: Keys, parts: RequestParts): Promise<HttpRequest> {
  const signer = await sdkSigner(keys, parts.service);
  const options = parts.signingDate === undefined ? {} : { signingDate: parts.signingDate };
  return (await signer.sign(requestOf(parts), options)) as HttpRequest;
}

/** Presigns a request with the SDK's own signer. */
export async function presignedRequest(
  keys: Keys,
  parts: RequestParts,
  expiresIn: number,
): Promise<HttpRequest> {
  const signer = await sdkSigner(keys, parts.service);
  if (signer.presign === undefined) throw new Error("the SDK's signer does not presign");
  const options = parts.signingDate === undefined ? {} : { signingDate: parts.signingDate };
  return (await signer.presign(requestOf(parts), { expiresIn, ...options })) as HttpRequest;
}

interface Signer {
  sign(request: HttpRequest, options: object): Promise<unknown>;
  presign?(request: HttpRequest, options: object): Promise<unknown>;
}

async function sdkSigner(keys: Keys, service: string): Promise<Signer> {
  const config = { region: "us-east-1", credentials: keys };
  const client = service === "s3" ? new S3Client(config) : new STSClient(config);
  const { signer } = client.config;
  if (typeof signer !== "function") throw new Error("the SDK's client has no signer");
  const scheme = { name: "sigv4", signingName: service, signingRegion: "us-east-1" };
  return signer({ ...scheme, properties: {} });
}

function requestOf(parts: RequestParts): HttpRequest {
  const { method = "POST", path = "/", query = {}, headers = {}, body, host } = parts;
  const [hostname = "", port = "80"] = host.split(":");
  return new HttpRequest({
    protocol: "http:",
    method,
    hostname,
    port: Number(port),
    path,
    query: { ...query },
    headers: { host, ...headers },
    ...(body === undefined ? {} : { body }),
  });
}
