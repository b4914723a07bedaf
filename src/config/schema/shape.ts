import type { z } from "zod";

/** What zod keeps of a schema, as far as it is read here. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly innerType?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly entries?: Readonly<Record<string, string>>;
}

/** Keys that a mapping may have at a path of the schema; empty when they are free or unknown. */
export function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  return [...new Set(schemasAt(schema, path).flatMap((found) => Object.keys(shapeOf(found))))];
}

/** Words that may stand at a path of the schema. */
export function wordsAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  return schemasAt(schema, path).flatMap((found) => Object.values(definition(found).entries ?? {}));
}

function definition(schema: z.core.$ZodType): Definition {
  return schema._zod.def as unknown as Definition;
}

function shapeOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> {
  return definition(schema).shape ?? {};
}

/** The schemas that a value at the path may follow, unions and optional members opened up. */
function schemasAt(
  schema: z.core.$ZodType,
  path: readonly PropertyKey[],
): readonly z.core.$ZodType[] {
  let here = opened(schema);
  for (const step of path) {
    here = here.flatMap((one) => {
      const { shape, element, valueType } = definition(one);
      const next = shape?.[String(step)] ?? element ?? valueType;
      return next === undefined ? [] : opened(next);
    });
  }
  return here;
}

function opened(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const { innerType, options } = definition(schema);
  if (innerType !== undefined) return opened(innerType);
  if (options !== undefined) return options.flatMap(opened);
  return [schema];
}
