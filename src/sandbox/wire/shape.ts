import { NormalizedSchema } from "@smithy/core/schema";

/** How a timestamp is written. */
export type TimestampFormat = "date-time" | "http-date" | "epoch-seconds";

/** The traits of a shape or member that the wire layer reads, by the SDK schemas' names. */
export interface Traits {
  readonly jsonName?: string;
  readonly xmlName?: string;
  readonly xmlFlattened?: 1;
  readonly xmlAttribute?: 1;
  readonly xmlNamespace?: readonly [prefix: string, uri: string];
  readonly httpLabel?: 1;
  readonly httpHeader?: string;
  readonly httpQuery?: string;
  readonly httpQueryParams?: 1;
  readonly httpPrefixHeaders?: string;
  readonly httpPayload?: 1;
  readonly httpResponseCode?: 1;
  readonly streaming?: 1;
  readonly http?: readonly [method: string, uri: string, status: number];
  readonly awsQueryError?: readonly [code: string, status: number];
  readonly httpError?: number;
  readonly error?: "client" | "server";
  readonly ec2QueryName?: string;
}

/** The kinds of shapes. A union is a structure with one member set. */
export type ShapeKind =
  | "structure"
  | "list"
  | "map"
  | "string"
  | "number"
  | "boolean"
  | "timestamp"
  | "blob"
  | "document"
  | "unit";

/** A shape of an SDK client, taken apart once: what the codecs walk. */
export interface Shape {
  readonly kind: ShapeKind;
  /** Without its namespace. */
  readonly name: string;
  /** Of the shape and, for a member, of the member; the member's win. */
  readonly traits: Traits;
  /** Set when the schema names a format. */
  readonly timestampFormat?: TimestampFormat;
  /** The SDK's schema, for the SDK's own codecs. */
  readonly schema: NormalizedSchema;
  /** Members of a structure; empty for other kinds. */
  readonly members: readonly Member[];
  /** Items of a list, values of a map. */
  readonly item: Shape;
  /** Keys of a map. */
  readonly key: Shape;
}

/** A member of a structure. */
export interface Member {
  readonly name: string;
  /** Name of the member's element or query parameter. */
  readonly xmlName: string;
  readonly required: boolean;
  readonly shape: Shape;
}

/** An operation of a service: name, shapes and how HTTP carries it. */
export interface Operation {
  readonly name: string;
  readonly traits: Traits;
  readonly input: Shape;
  readonly output: Shape;
}

/** A static operation schema as the SDK clients export it under `<Operation>$`. */
type OperationSchema = readonly [
  kind: 9,
  namespace: string,
  name: string,
  traits: unknown,
  input: unknown,
  output: unknown,
];

/** Numbers by which the SDK's schemas name timestamp formats. */
const timestampFormats: Readonly<Record<number, TimestampFormat>> = {
  5: "date-time",
  6: "http-date",
  7: "epoch-seconds",
};

/** All operations of an SDK client's module, by name. */
export function operationsOf(module: Readonly<Record<string, unknown>>): Map<string, Operation> {
  const operations = new Map<string, Operation>();
  for (const [name, schema] of Object.entries(module)) {
    if (!name.endsWith("$") || !isOperationSchema(schema)) continue;
    operations.set(schema[2], operationOf(schema));
  }
  return operations;
}

/** The shape of an exception that an SDK client exports; `undefined` when it exports none. */
export function exceptionShape(
  module: Readonly<Record<string, unknown>>,
  name: string,
): Shape | undefined {
  const schema = module[`${name}$`];
  if (!Array.isArray(schema) || schema[0] !== -3) return undefined;
  return shapeOf(schema);
}

function isOperationSchema(schema: unknown): schema is OperationSchema {
  return Array.isArray(schema) && schema[0] === 9 && typeof schema[2] === "string";
}

function operationOf(schema: OperationSchema): Operation {
  const [, , name, traits, input, output] = schema;
  return {
    name,
    traits: typeof traits === "object" && traits !== null ? (traits as Traits) : {},
    input: shapeOf(input),
    output: shapeOf(output),
  };
}

/** Takes a schema apart; members are taken apart when first asked for, since shapes recur. */
function shapeOf(schema: unknown): Shape {
  const normalized = NormalizedSchema.of(schema as Parameters<typeof NormalizedSchema.of>[0]);
  let members: readonly Member[] | undefined;
  let item: Shape | undefined;
  let key: Shape | undefined;
  const format = timestampFormats[Number(normalized.getSchema())];
  return {
    kind: kindOf(normalized),
    name: normalized.getName() ?? "",
    traits: normalized.getMergedTraits() as Traits,
    ...(format === undefined ? {} : { timestampFormat: format }),
    schema: normalized,
    get members() {
      members ??= membersOf(normalized);
      return members;
    },
    get item() {
      item ??= shapeOf(normalized.getValueSchema());
      return item;
    },
    get key() {
      key ??= shapeOf(normalized.getKeySchema());
      return key;
    },
  };
}

function membersOf(schema: NormalizedSchema): Member[] {
  if (!schema.isStructSchema()) return [];
  // A structure's schema lists its required members first and ends with their number.
  const raw: unknown = schema.getSchema();
  const required = Array.isArray(raw) ? Number(raw[6] ?? 0) : 0;
  const members: Member[] = [];
  for (const [name, member] of schema.structIterator()) {
    // A name on the member's target names that type's own root element, not the member's.
    const { xmlName = name } = member.getMemberTraits() as Traits;
    members.push({ name, xmlName, required: members.length < required, shape: shapeOf(member) });
  }
  return members;
}

function kindOf(schema: NormalizedSchema): ShapeKind {
  if (schema.isUnitSchema()) return "unit";
  if (schema.isStructSchema()) return "structure";
  if (schema.isListSchema()) return "list";
  if (schema.isMapSchema()) return "map";
  if (schema.isBlobSchema()) return "blob";
  if (schema.isTimestampSchema()) return "timestamp";
  if (schema.isBooleanSchema()) return "boolean";
  if (schema.isStringSchema()) return "string";
  if (schema.isDocumentSchema()) return "document";
  return "number";
}
