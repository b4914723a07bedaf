import { z } from "zod";
import { identifierPatterns } from "../../core/identifiers.ts";
import type { OrganizationPolicyType } from "../../core/policy-type.ts";
import { organizationPolicyTypes } from "../../core/policy-type.ts";
import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import type { PolicyReferenceInput } from "./config-input.ts";

const { lengths } = organizationsQuotas;

/** Patterns of what the operations of AWS Organizations take; those of ids are core's. */
export const patterns: Readonly<
  Record<
    "email" | "createdEmail" | "roleName" | "servicePrincipal" | "valueName" | "createdAccountName",
    RegExp
  >
> = {
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  /** Addresses that CreateAccount takes, by its reference; accounts that joined may have others. */
  createdEmail:
    /^(?!\.)[!#$*+\-./0-9=?A-Z^_`a-z{}~]+@(?=[^@]*\.)(?![.-])[A-Za-z0-9.-]*[A-Za-z0-9]$/,
  roleName: /^[\w+=,.@-]{1,64}$/,
  servicePrincipal: /^[\w+=,.@-]+$/,
  valueName: /^[A-Za-z_][A-Za-z0-9_.-]*$/,
  /** Account names that CreateAccount takes; accounts that joined may have others. */
  createdAccountName: /^[\u0020-\u007e]+$/,
};

/** A 12-digit account id. */
export const accountId: z.ZodType<string> = z
  .string()
  .regex(identifierPatterns.account, "an account id has 12 digits")
  .meta({ examples: ["111122223333"] });

/** A Region code. */
export const regionName: z.ZodType<string> = z
  .string()
  .regex(identifierPatterns.region, "a Region code looks like `eu-west-1`")
  .meta({ examples: ["eu-west-1"] });

/** The e-mail address of an account's root user. */
export const email: z.ZodType<string> = z
  .string()
  .min(lengths.email.minimum)
  .max(lengths.email.maximum)
  .regex(patterns.email, "an e-mail address looks like `name@example.com`");

/** A service principal such as `guardduty.amazonaws.com`. */
export const servicePrincipal: z.ZodType<string> = z
  .string()
  .min(1)
  .max(lengths.servicePrincipal)
  .regex(patterns.servicePrincipal, "a service principal looks like `guardduty.amazonaws.com`")
  .meta({ examples: ["guardduty.amazonaws.com"] });

/** Name of a policy. */
export const policyName: z.ZodType<string> = z.string().min(1).max(lengths.policyName);

/** Name of a policy type, by the API's words. */
export const policyType: z.ZodType<OrganizationPolicyType> = z.enum(organizationPolicyTypes);

/** Tags; keys that begin with `aws:` are AWS's own. */
export const tags: z.ZodType<Readonly<Record<string, string>>> = z
  .record(
    z
      .string()
      .min(1)
      .max(lengths.tagKey)
      .regex(/^(?![aA][wW][sS]:)/, "tag keys that begin with `aws:` are reserved for AWS"),
    z.string().max(lengths.tagValue),
  )
  .meta({ description: "Tags, by key.", examples: [{ owner: "platform" }] });

/** A policy, referred to by a target. */
export const policyReference: z.ZodType<PolicyReferenceInput> = z.union([
  policyName,
  z.strictObject({ name: policyName, type: policyType }),
]);

/** A file beside the configuration, relative to its folder. */
export const filePath: z.ZodType<string> = z
  .string()
  .min(1)
  .meta({ examples: ["policies/scp/deny-leave.json"] });
