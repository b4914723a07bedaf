import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { CallRecord } from "./call-log.ts";
import type { Dispatch } from "./dispatch.ts";
import type { WireRequest } from "./wire/message.ts";

/** How the HTTP door is opened. */
export interface HttpDoorOptions {
  /** 0 (also when absent): a free one. */
  readonly port?: number;
  /** An address of the loopback interface; `127.0.0.1` when absent. */
  readonly host?: string;
  /** Larger requests are refused; 16 MiB when absent. */
  readonly maxBodyBytes?: number;
  /** Called when a fault says that the client's process dies at this call. */
  readonly onCrash?: (call: CallRecord) => void;
  /** Called with a defect of the sandbox that a request brought to light. */
  readonly onDefect?: (error: unknown) => void;
}

/** An open HTTP door. */
export interface HttpDoor {
  /** Such as `http://127.0.0.1:49152`. */
  readonly endpoint: string;
  readonly port: number;
  /** Stops listening and drops the connections. */
  close(): Promise<void>;
}

/** Opens a door on loopback for the AWS CLI, boto3 and other clients. */
export async function httpDoor(
  dispatch: Dispatch,
  options: HttpDoorOptions = {},
): Promise<HttpDoor> {
  const { port = 0, host = "127.0.0.1", maxBodyBytes = 16 * 1024 * 1024 } = options;
  const server = createServer((request, response) => {
    answer(dispatch, request, response, maxBodyBytes, options).catch((error: unknown) => {
      options.onDefect?.(error);
      const message = error instanceof Error ? error.message : String(error);
      send(
        response,
        500,
        { "x-amzn-errortype": "InternalFailure" },
        `defect of the sandbox: ${message}`,
      );
    });
  });
  await listen(server, port, host);
  const { port: actual } = server.address() as AddressInfo;
  return {
    endpoint: `http://${host.includes(":") ? `[${host}]` : host}:${actual}`,
    port: actual,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

async function answer(
  dispatch: Dispatch,
  request: IncomingMessage,
  response: ServerResponse,
  maxBodyBytes: number,
  options: HttpDoorOptions,
): Promise<void> {
  const body = await readBody(request, maxBodyBytes);
  if (body === undefined) {
    const code = "RequestEntityTooLargeException";
    const message = `the sandbox takes bodies of at most ${maxBodyBytes} bytes`;
    send(response, 413, { "x-amzn-errortype": code }, JSON.stringify({ __type: code, message }));
    return;
  }
  const outcome = await dispatch(wireRequest(request, body));
  switch (outcome.kind) {
    case "response": {
      const { status, headers, body: content } = outcome.response;
      send(response, status, headers, request.method === "HEAD" ? "" : content);
      return;
    }
    case "timeout":
      // The connection stays open without an answer until the client gives it up.
      return;
    case "connectionReset":
      reset(request.socket);
      return;
    case "crash":
      options.onCrash?.(outcome.call);
      reset(request.socket);
      return;
  }
}

/** Reads a request's body; `undefined` when it is too large. */
async function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Uint8Array).byteLength;
    if (size <= limit) chunks.push(chunk as Uint8Array);
  }
  return size > limit ? undefined : Buffer.concat(chunks);
}

function wireRequest(request: IncomingMessage, body: Uint8Array): WireRequest {
  const url = request.url ?? "/";
  const mark = url.indexOf("?");
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(",") : value;
  }
  return {
    method: request.method ?? "GET",
    host: headers.host ?? "",
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? [] : [...new URLSearchParams(url.slice(mark + 1))],
    headers,
    body,
    receivedAtMs: Date.now(),
  };
}

function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array | string,
): void {
  if (response.headersSent || response.destroyed) return;
  const length =
    status === 304 || status === 204 ? {} : { "content-length": Buffer.byteLength(body) };
  response.writeHead(status, { ...length, ...headers });
  response.end(body);
}

function reset(socket: Socket): void {
  socket.resetAndDestroy();
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
