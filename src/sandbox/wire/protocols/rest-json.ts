import { fromJson, toJson } from "../json.ts";
import { isBodyMember, payloadMember, readBindings, writeBindings } from "../rest-bindings.ts";
import { routeRest } from "../rest-routes.ts";
import type { Shape } from "../shape.ts";
import { errorMembers, type Protocol, wireError } from "../wire-service.ts";
import { decodeJsonBody } from "./aws-json.ts";

const options: { readonly jsonName: boolean } = { jsonName: true };

/** The restJson1 protocol: the operation by method and path, JSON bodies. */
export const restJson: Protocol = {
  unknownOperationCode: "UnknownOperationException",
  authenticationErrors: {
    missing: ["MissingAuthenticationTokenException", 403],
    unknownKey: ["UnrecognizedClientException", 403],
    expired: ["ExpiredTokenException", 403],
    mismatch: ["InvalidSignatureException", 403],
    skewed: ["InvalidSignatureException", 403],
    contentMismatch: ["InvalidSignatureException", 403],
  },
  route: routeRest,
  decode: (_service, routed) => {
    const problems: string[] = [];
    const report = (path: string, problem: string): void => {
      problems.push(`${path}: ${problem}`);
    };
    const { input: shape } = routed.operation;
    const { body } = routed.request;
    const bound = readBindings(routed, report);
    const payload = payloadMember(shape);
    if (payload !== undefined) {
      bound[payload.name] = readPayload(payload.shape, body, report);
      return { input: bound, problems };
    }
    const fromBody = decodeJsonBody(bodyShape(shape), body, true);
    return {
      input: { ...fromBody.input, ...bound },
      problems: [...problems, ...fromBody.problems],
    };
  },
  encode: (_service, operation, output, requestId) => {
    const values = (output ?? {}) as Readonly<Record<string, unknown>>;
    const { headers, status } = writeBindings(operation.output, values);
    const payload = payloadMember(operation.output);
    const [shape, content] =
      payload === undefined
        ? [bodyShape(operation.output), values]
        : [payload.shape, values[payload.name]];
    const document = toJson(shape, content, options);
    return {
      status: status ?? operation.traits.http?.[2] ?? 200,
      headers: { ...commonHeaders(requestId), ...headers },
      body: Buffer.from(document === undefined ? "" : JSON.stringify(document)),
    };
  },
  encodeError: (service, error, requestId) => {
    const { code, status, shape } = wireError(service, error);
    const members = errorMembers(error, shape);
    const { headers } =
      shape === undefined
        ? { headers: {} }
        : writeBindings(shape, members as Readonly<Record<string, unknown>>);
    const body = shape === undefined ? members : toJson(bodyShape(shape), members, options);
    return {
      status,
      headers: { ...commonHeaders(requestId), "x-amzn-errortype": code, ...headers },
      body: Buffer.from(JSON.stringify(body)),
    };
  },
};

function commonHeaders(requestId: string): Record<string, string> {
  return { "content-type": "application/json", "x-amzn-requestid": requestId };
}

/** The structure of the members that travel in the body. */
function bodyShape(shape: Shape): Shape {
  if (shape.kind !== "structure") return shape;
  const members = shape.members.filter(isBodyMember);
  return Object.create(shape, { members: { value: members } }) as Shape;
}

function readPayload(
  shape: Shape,
  body: Uint8Array,
  report: (path: string, problem: string) => void,
): unknown {
  if (shape.kind === "blob") return body;
  const text = Buffer.from(body).toString("utf8");
  if (shape.kind === "string") return text;
  try {
    return text === "" ? undefined : fromJson(shape, JSON.parse(text), options, report);
  } catch {
    report("body", "the body is not valid JSON");
    return undefined;
  }
}
