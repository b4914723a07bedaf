import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { type HttpHandler, type HttpRequest, HttpResponse } from "@smithy/core/protocols";
import type { CallRecord } from "./call-log.ts";
import type { Dispatch } from "./dispatch.ts";
import type { WireRequest } from "./wire/message.ts";

/**
 * A door for SDK clients in this process. It stands for one client process: after a crash it
 * answers nothing any more, as a dead process hears nothing; open another to start anew.
 */
export function inProcessDoor(
  dispatch: Dispatch,
  onCrash: (call: CallRecord) => void,
): HttpHandler {
  let crashed = false;
  const never = (): Promise<never> => new Promise(() => {});
  return {
    handle: async (request, options) => {
      if (crashed) return never();
      throwIfAborted(options?.abortSignal);
      const outcome = await dispatch(await wireRequest(request));
      if (crashed) return never();
      switch (outcome.kind) {
        case "crash":
          crashed = true;
          onCrash(outcome.call);
          return never();
        case "connectionReset":
          throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
        case "timeout":
          throw Object.assign(new Error("the sandbox did not answer in time"), {
            name: "TimeoutError",
          });
        case "response": {
          const { status, headers, streaming } = outcome.response;
          const body = request.method === "HEAD" ? new Uint8Array() : outcome.response.body;
          const response = new HttpResponse({
            statusCode: status,
            headers: { "content-length": String(body.byteLength), ...headers },
            body: streaming === true ? Readable.from([body]) : body,
          });
          return { response };
        }
      }
    },
    destroy: () => {},
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
  };
}

async function wireRequest(request: HttpRequest): Promise<WireRequest> {
  const { method, hostname, port, path } = request;
  return {
    method,
    host: port === undefined ? hostname : `${hostname}:${port}`,
    path,
    query: Object.entries(request.query ?? {}).flatMap(([name, value]) =>
      typeof value === "string" || value === null
        ? [[name, value ?? ""] as const]
        : value.map((item) => [name, item] as const),
    ),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    body: await bodyBytes(request.body),
  };
}

async function bodyBytes(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === "string") return Buffer.from(body);
  // The SDK's own bytes warn of every use as a string, which a view of the same memory does not.
  if (body instanceof Uint8Array) {
    return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  }
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (body instanceof Readable) return buffer(body);
  throw new Error("the sandbox's in-process door takes strings, bytes and Node.js streams");
}

function throwIfAborted(signal: unknown): void {
  if (typeof signal === "object" && signal !== null && "aborted" in signal && signal.aborted) {
    throw Object.assign(new Error("Request aborted"), { name: "AbortError" });
  }
}
