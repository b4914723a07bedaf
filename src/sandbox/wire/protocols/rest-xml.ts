import { XmlCodec } from "@aws-sdk/core/protocols";
import { unchunkedBody } from "../aws-chunked.ts";
import { isBodyMember, payloadMember, readBindings, writeBindings } from "../rest-bindings.ts";
import { routeRest } from "../rest-routes.ts";
import type { Shape } from "../shape.ts";
import { type Protocol, wireError } from "../wire-service.ts";
import { escapeXml, xmlMembers } from "../xml.ts";

/** The restXml protocol as S3 speaks it: the operation by method, path and query, XML bodies. */
export const restXml: Protocol = {
  unknownOperationCode: "NotImplemented",
  authenticationErrors: {
    missing: ["AccessDenied", 403],
    unknownKey: ["InvalidAccessKeyId", 403],
    expired: ["ExpiredToken", 400],
    mismatch: ["SignatureDoesNotMatch", 403],
    skewed: ["RequestTimeTooSkewed", 403],
    contentMismatch: ["XAmzContentSHA256Mismatch", 400],
  },
  route: routeRest,
  decode: ({ service }, routed) => {
    const problems: string[] = [];
    const input = readBindings(routed, (path, problem) => problems.push(`${path}: ${problem}`));
    const { input: shape } = routed.operation;
    const body = unchunkedBody(routed.request);
    const payload = payloadMember(shape);
    const root = payload?.shape ?? shape;
    if (payload !== undefined && root.kind === "blob") input[payload.name] = body;
    else if (payload !== undefined && root.kind === "string") {
      input[payload.name] = Buffer.from(body).toString("utf8");
    } else if (body.byteLength > 0 && (payload !== undefined || shape.members.some(isBodyMember))) {
      try {
        const value = readXml(root, body, service.xmlNamespace ?? "");
        if (payload === undefined) Object.assign(input, value);
        else input[payload.name] = value;
      } catch {
        problems.push("the body is not valid XML");
      }
    }
    return { input, problems };
  },
  encode: ({ service }, operation, output, requestId) => {
    const values = (output ?? {}) as Readonly<Record<string, unknown>>;
    const { headers, status } = writeBindings(operation.output, values);
    const payload = payloadMember(operation.output);
    const body =
      payload === undefined
        ? xmlDocument(operation.output, values, service.xmlNamespace)
        : payload.shape.kind === "structure"
          ? xmlDocument(payload.shape, values[payload.name] ?? {}, service.xmlNamespace)
          : (values[payload.name] ?? "");
    return {
      status: status ?? operation.traits.http?.[2] ?? 200,
      headers: { ...commonHeaders(requestId), ...headers },
      body: typeof body === "string" ? Buffer.from(body) : (body as Uint8Array),
      streaming: payload?.shape.kind === "blob",
    };
  },
  encodeError: (wire, error, requestId) => {
    const { code, status } = wireError(wire, error);
    const extra = Object.entries(error.members)
      .map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
      .join("");
    return {
      status,
      headers: commonHeaders(requestId),
      body: Buffer.from(
        `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${escapeXml(code)}</Code>` +
          `<Message>${escapeXml(error.message)}</Message>${extra}` +
          `<RequestId>${requestId}</RequestId><HostId>${requestId}</HostId></Error>`,
      ),
    };
  },
};

function commonHeaders(requestId: string): Record<string, string> {
  return {
    "content-type": "application/xml",
    "x-amz-request-id": requestId,
    "x-amz-id-2": requestId,
  };
}

/** A document with the members of the body; empty when the shape has none. */
function xmlDocument(shape: Shape, value: unknown, namespace: string | undefined): string {
  const members = shape.members.filter(isBodyMember);
  if (members.length === 0) return "";
  const name = shape.traits.xmlName ?? shape.name;
  const [only] = members;
  // AWS: an output that has the name of its only member is that member itself (GetBucketLocation).
  if (members.length === 1 && only?.xmlName === name) {
    const inner = (value as Readonly<Record<string, unknown>>)[only.name];
    return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${namespace ?? ""}">${escapeXml(String(inner ?? ""))}</${name}>`;
  }
  const content = xmlMembers(Object.create(shape, { members: { value: members } }), value);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${namespace ?? ""}">${content}</${name}>`;
}

function readXml(shape: Shape, body: Uint8Array, xmlNamespace: string): object {
  const codec = new XmlCodec({
    timestampFormat: { useTrait: true, default: 5 },
    httpBindings: true,
    xmlNamespace,
    serviceNamespace: "",
  });
  return codec.createDeserializer().read(shape.schema, body) as object;
}
