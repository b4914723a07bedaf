import type {
  AttachCustomerManagedPolicyReferenceToPermissionSetCommandInput,
  AttachManagedPolicyToPermissionSetCommandInput,
  CustomerManagedPolicyReference,
  DetachCustomerManagedPolicyReferenceFromPermissionSetCommandInput,
  DetachManagedPolicyFromPermissionSetCommandInput,
  GetInlinePolicyForPermissionSetCommandOutput,
  GetPermissionsBoundaryForPermissionSetCommandOutput,
  ListCustomerManagedPolicyReferencesInPermissionSetCommandInput,
  ListCustomerManagedPolicyReferencesInPermissionSetCommandOutput,
  ListManagedPoliciesInPermissionSetCommandInput,
  ListManagedPoliciesInPermissionSetCommandOutput,
  PutInlinePolicyToPermissionSetCommandInput,
  PutPermissionsBoundaryToPermissionSetCommandInput,
} from "@aws-sdk/client-sso-admin";
import { identityCenterFacts } from "../../../data/identity-center.ts";
import { conflict, invalid, notFound, quotaExceeded } from "./errors.ts";
import { page } from "./page.ts";
import { type SetInput, setOf, writableSetOf } from "./permission-sets.ts";
import type { PermissionSetRecord, PolicyReference, Served } from "./state.ts";

type Nothing = Record<never, never>;

const awsPolicy =
  /^arn:aws(-[a-z]{1,5}){0,3}:iam::aws:policy((\/[A-Za-z0-9.,+@=_-]+)*)\/([A-Za-z0-9.,+=@_-]+)$/;

/** AttachManagedPolicyToPermissionSet. */
export const attachManagedPolicy: Served<
  AttachManagedPolicyToPermissionSetCommandInput,
  Nothing
> = (context, input) => {
  const { set } = writableSetOf(context, input);
  const arn = input.ManagedPolicyArn ?? "";
  if (!awsPolicy.test(arn)) throw invalid(`Value '${arn}' at 'managedPolicyArn' is invalid`);
  if (set.managedPolicies.has(arn)) {
    throw conflict(
      `Permission set with id ${idOf(set)} already has a typed link attachment to a manged policy with ${arn}`,
    );
  }
  checkRoom(set);
  set.managedPolicies.add(arn);
  set.version++;
  return {};
};

/** DetachManagedPolicyFromPermissionSet. */
export const detachManagedPolicy: Served<
  DetachManagedPolicyFromPermissionSetCommandInput,
  Nothing
> = (context, input) => {
  const { set } = writableSetOf(context, input);
  const arn = input.ManagedPolicyArn ?? "";
  if (!set.managedPolicies.delete(arn)) throw notFound(`ManagedPolicy with arn ${arn}`);
  set.version++;
  return {};
};

/** ListManagedPoliciesInPermissionSet. */
export const listManagedPolicies: Served<
  ListManagedPoliciesInPermissionSetCommandInput,
  ListManagedPoliciesInPermissionSetCommandOutput
> = (context, input) => {
  const { set } = setOf(context, input);
  const { items, next } = page([...set.managedPolicies], input, `policies ${set.arn}`);
  return {
    AttachedManagedPolicies: items.map((Arn) => ({ Arn, Name: Arn.split("/").at(-1) ?? "" })),
    ...next,
  };
};

/** AttachCustomerManagedPolicyReferenceToPermissionSet. Whether accounts have it shows later. */
export const attachCustomerPolicy: Served<
  AttachCustomerManagedPolicyReferenceToPermissionSetCommandInput,
  Nothing
> = (context, input) => {
  const { set } = writableSetOf(context, input);
  const reference = referenceOf(input.CustomerManagedPolicyReference);
  if (set.customerPolicies.has(keyOf(reference))) {
    throw conflict(
      `Given customer managed policy with name: ${reference.name}  and path ${reference.path} already attached`,
    );
  }
  checkRoom(set);
  set.customerPolicies.set(keyOf(reference), reference);
  set.version++;
  return {};
};

/** DetachCustomerManagedPolicyReferenceFromPermissionSet. */
export const detachCustomerPolicy: Served<
  DetachCustomerManagedPolicyReferenceFromPermissionSetCommandInput,
  Nothing
> = (context, input) => {
  const { set } = writableSetOf(context, input);
  const reference = referenceOf(input.CustomerManagedPolicyReference);
  if (!set.customerPolicies.delete(keyOf(reference))) {
    throw notFound(
      `managed policy with name: ${reference.name}  and path ${reference.path} on PermissionSet`,
    );
  }
  set.version++;
  return {};
};

/** ListCustomerManagedPolicyReferencesInPermissionSet. */
export const listCustomerPolicies: Served<
  ListCustomerManagedPolicyReferencesInPermissionSetCommandInput,
  ListCustomerManagedPolicyReferencesInPermissionSetCommandOutput
> = (context, input) => {
  const { set } = setOf(context, input);
  const { items, next } = page([...set.customerPolicies.values()], input, `references ${set.arn}`);
  return {
    CustomerManagedPolicyReferences: items.map(({ name, path }) => ({ Name: name, Path: path })),
    ...next,
  };
};

/** PutInlinePolicyToPermissionSet. */
export const putInlinePolicy: Served<PutInlinePolicyToPermissionSetCommandInput, Nothing> = (
  context,
  input,
) => {
  const { set } = writableSetOf(context, input);
  const text = input.InlinePolicy ?? "";
  if (text.length > identityCenterFacts.inlinePolicyLength) {
    throw quotaExceeded("The inline policy is longer than AWS SSO allows.");
  }
  if (!isDocument(text)) throw invalid("The policy document is malformed.");
  set.inlinePolicy = text;
  set.version++;
  return {};
};

/** DeleteInlinePolicyFromPermissionSet. */
export const deleteInlinePolicy: Served<SetInput, Nothing> = (context, input) => {
  const { set } = writableSetOf(context, input);
  if (set.inlinePolicy === undefined) throw notFound(`inline policy of ${idOf(set)}`);
  delete set.inlinePolicy;
  set.version++;
  return {};
};

/** GetInlinePolicyForPermissionSet: an empty text when there is none. */
export const getInlinePolicy: Served<SetInput, GetInlinePolicyForPermissionSetCommandOutput> = (
  context,
  input,
) => ({ InlinePolicy: setOf(context, input).set.inlinePolicy ?? "" });

/** PutPermissionsBoundaryToPermissionSet. */
export const putBoundary: Served<PutPermissionsBoundaryToPermissionSetCommandInput, Nothing> = (
  context,
  input,
) => {
  const { set } = writableSetOf(context, input);
  const { ManagedPolicyArn: managedPolicyArn, CustomerManagedPolicyReference: customer } =
    input.PermissionsBoundary ?? {};
  if ((managedPolicyArn === undefined) === (customer === undefined)) {
    throw invalid("Exactly one of ManagedPolicyArn and CustomerManagedPolicyReference is required");
  }
  set.boundary =
    managedPolicyArn === undefined ? { reference: referenceOf(customer) } : { managedPolicyArn };
  set.version++;
  return {};
};

/** DeletePermissionsBoundaryFromPermissionSet. */
export const deleteBoundary: Served<SetInput, Nothing> = (context, input) => {
  const { set } = writableSetOf(context, input);
  if (set.boundary === undefined) throw notFound(`permissions boundary of ${idOf(set)}`);
  delete set.boundary;
  set.version++;
  return {};
};

/** GetPermissionsBoundaryForPermissionSet. */
export const getBoundary: Served<SetInput, GetPermissionsBoundaryForPermissionSetCommandOutput> = (
  context,
  input,
) => {
  const { boundary, ...set } = setOf(context, input).set;
  if (boundary === undefined) throw notFound(`permissions boundary of ${idOf(set)}`);
  return {
    PermissionsBoundary:
      "reference" in boundary
        ? {
            CustomerManagedPolicyReference: {
              Name: boundary.reference.name,
              Path: boundary.reference.path,
            },
          }
        : { ManagedPolicyArn: boundary.managedPolicyArn },
  };
};

function idOf({ arn }: Pick<PermissionSetRecord, "arn">): string {
  return arn.split("/").at(-1) ?? "";
}

function referenceOf(reference: CustomerManagedPolicyReference | undefined): PolicyReference {
  return { name: reference?.Name ?? "", path: reference?.Path ?? "/" };
}

function keyOf({ name, path }: PolicyReference): string {
  return `${path}${name}`;
}

function checkRoom({ managedPolicies, customerPolicies }: PermissionSetRecord): void {
  const most = identityCenterFacts.policiesPerPermissionSet;
  if (managedPolicies.size + customerPolicies.size >= most) {
    throw quotaExceeded(
      `Cannot attach managed policy: number of attached managed policies is already at maximum ${most}`,
    );
  }
}

function isDocument(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === "object" && document !== null && "Statement" in document;
  } catch {
    return false;
  }
}
