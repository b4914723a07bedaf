import { digest } from "../../../core/digest.ts";
import { cloudformationQuotas } from "../../../data/cloudformation-quotas.ts";
import { ServiceError } from "../../../sandbox/service.ts";
import type { World } from "../../../sandbox/world.ts";
import { parseTemplate, type Template } from "../../kit/template/parse-template.ts";
import { bucketsSlot } from "../../s3/sandbox/state.ts";
import { validationError } from "./errors.ts";
import { stackSetsSlot } from "./state.ts";

/** Keeps a template by its text, which parses, and gives its key. */
export function keepTemplate(world: World, text: string): string {
  const { templates } = world.state(stackSetsSlot);
  const key = digest(text);
  if (!templates.has(key)) {
    const result = parseTemplate(text);
    if (!result.ok) throw validationError(`Template format error: ${result.problem}`);
    templates.set(key, { text, template: result.template });
  }
  return key;
}

/** The text of a template that was kept. */
export function templateText(world: World, key: string): string {
  return world.state(stackSetsSlot).templates.get(key)?.text ?? "";
}

/** A template that was kept. */
export function keptTemplate(world: World, key: string): Template {
  const kept = world.state(stackSetsSlot).templates.get(key);
  if (kept === undefined) throw new Error(`no template has the key ${key}`);
  return kept.template;
}

/** The text that a request gives, directly or by an address in S3. Throws `ValidationError`. */
export function givenTemplate(
  world: World,
  input: { readonly TemplateBody?: string | undefined; readonly TemplateURL?: string | undefined },
): string {
  const { TemplateBody: body, TemplateURL: url } = input;
  if ((body === undefined) === (url === undefined)) {
    throw validationError("Either Template URL or Template Body must be specified.");
  }
  const text = body ?? objectText(world, url ?? "");
  if (body !== undefined && Buffer.byteLength(body) > cloudformationQuotas.templateBodyBytes) {
    throw validationError(
      `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${cloudformationQuotas.templateBodyBytes}`,
    );
  }
  const result = parseTemplate(text);
  if (!result.ok) throw validationError(`Template format error: ${result.problem}`);
  return text;
}

/** Capabilities that a template needs to be acknowledged. */
export function neededCapabilities(template: Template): readonly string[] {
  const iam = Object.values(template.resources).filter(({ type }) => /^AWS::IAM::/.test(type));
  const namesSomething = iam.some(({ properties }) =>
    ["RoleName", "ManagedPolicyName", "UserName", "GroupName", "InstanceProfileName"].some(
      (name) => properties[name] !== undefined,
    ),
  );
  if (iam.length === 0) return [];
  return [namesSomething ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM"];
}

/** Throws `InsufficientCapabilitiesException` when a template's needs are not acknowledged. */
export function checkCapabilities(template: Template, given: readonly string[]): void {
  const needed = neededCapabilities(template);
  const missing = needed.filter(
    (it) =>
      !given.includes(it) && !(it === "CAPABILITY_IAM" && given.includes("CAPABILITY_NAMED_IAM")),
  );
  if (missing.length === 0) return;
  throw new ServiceError(
    "InsufficientCapabilitiesException",
    `Requires capabilities : [${missing.join(", ")}]`,
  );
}

function objectText(world: World, url: string): string {
  const { hostname, pathname } = URL.canParse(url) ? new URL(url) : { hostname: "", pathname: "" };
  const virtual = /^(.+)\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com$/.exec(hostname)?.[1];
  const [bucket, key] =
    virtual !== undefined
      ? [virtual, pathname.slice(1)]
      : [pathname.split("/")[1] ?? "", pathname.split("/").slice(2).join("/")];
  const body = world
    .state(bucketsSlot)
    .byName.get(bucket)
    ?.objects.get(decodeURIComponent(key))?.body;
  if (body !== undefined) return Buffer.from(body).toString("utf8");
  throw validationError("S3 error: Access Denied");
}
