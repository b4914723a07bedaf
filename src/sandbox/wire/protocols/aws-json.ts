import { fromJson, toJson } from "../json.ts";
import type { Shape } from "../shape.ts";
import { errorMembers, type Protocol, wireError } from "../wire-service.ts";

/**
 * The awsJson protocols: the operation in `x-amz-target`, JSON both ways.
 *
 * @param version the protocol's, which is in its content type
 */
export function awsJson(version: "1.0" | "1.1"): Protocol {
  const headers = (requestId: string): Record<string, string> => ({
    "content-type": `application/x-amz-json-${version}`,
    "x-amzn-requestid": requestId,
  });
  const options = { jsonName: false };
  return {
    unknownOperationCode: "UnknownOperationException",
    authenticationErrors: {
      missing: ["MissingAuthenticationTokenException", 400],
      unknownKey: ["UnrecognizedClientException", 400],
      expired: ["ExpiredTokenException", 400],
      mismatch: ["InvalidSignatureException", 400],
      skewed: ["InvalidSignatureException", 400],
      contentMismatch: ["InvalidSignatureException", 400],
    },
    route: (service, request) => {
      const target = request.headers["x-amz-target"] ?? "";
      const name = target.slice(target.lastIndexOf(".") + 1);
      const operation = service.operations.get(name);
      return operation === undefined ? name : { operation, request, labels: {} };
    },
    decode: (_service, { operation, request }) =>
      decodeJsonBody(operation.input, request.body, options.jsonName),
    encode: (_service, operation, output, requestId) => ({
      status: 200,
      headers: headers(requestId),
      body: Buffer.from(JSON.stringify(toJson(operation.output, output, options) ?? {})),
    }),
    encodeError: (service, error, requestId) => {
      const { status, shape } = wireError(service, error);
      const members = errorMembers(error, shape);
      const body = shape === undefined ? members : toJson(shape, members, options);
      return {
        // The JSON services answer 400 to every fault of the client, whatever the model says.
        status: status >= 500 ? status : 400,
        headers: headers(requestId),
        // Codes of the query protocol are no matter of this one, though the model has them.
        body: Buffer.from(JSON.stringify({ __type: error.code, ...(body as object) })),
      };
    },
  };
}

/** Reads a JSON document by a shape. An empty body is an empty document. */
export function decodeJsonBody(
  shape: Shape,
  body: Uint8Array,
  jsonName: boolean,
): { input: Record<string, unknown>; problems: string[] } {
  const problems: string[] = [];
  let document: unknown = {};
  if (body.byteLength > 0) {
    try {
      document = JSON.parse(Buffer.from(body).toString("utf8"));
    } catch {
      return { input: {}, problems: ["the body is not valid JSON"] };
    }
  }
  const input = fromJson(shape, document, { jsonName }, (path, problem) =>
    problems.push(path === "" ? problem : `${path}: ${problem}`),
  );
  return { input: (input ?? {}) as Record<string, unknown>, problems };
}
