import type { ManagementPolicyType } from "../core/policy-type.ts";

/**
 * What a key of a management policy may hold. `object` names its keys, `map` has keys that users
 * choose, `value` and `list` are settings that take operators, `any` is not checked.
 */
export type ManagementShape =
  | {
      readonly kind: "object";
      readonly members: Readonly<Record<string, ManagementShape>>;
      /** Keys that an effective policy must have to work. */
      readonly required?: readonly string[];
    }
  | {
      readonly kind: "map";
      readonly member: ManagementShape;
      /** The most keys that an effective policy may have here. */
      readonly most?: number;
    }
  | {
      readonly kind: "value" | "list";
      /** The values that AWS documents; compared as written. */
      readonly values?: readonly string[];
    }
  | { readonly kind: "any" };

/** A management policy type: its only top-level key, and what may stand below it. */
export interface ManagementPolicyFacts {
  /** Absent where no stored copy of the syntax page shows it: any top-level key is taken. */
  readonly topKey?: string;
  readonly shape: ManagementShape;
  /**
   * How an effective policy writes keys: `lower`, as AWS's samples of DescribeEffectivePolicy
   * show; `asWritten` where no sample shows a key that a user chooses.
   */
  readonly keyCase: "lower" | "asWritten";
  /** Only `@@assign` sets values. */
  readonly assignOnly: boolean;
  /** A value that is not documented is refused, rather than taken for newer than this data. */
  readonly closed: boolean;
  readonly source: string;
}

const value: ManagementShape = { kind: "value" };
const list: ManagementShape = { kind: "list" };
const any: ManagementShape = { kind: "any" };
const oneOf = (...values: string[]): ManagementShape => ({ kind: "value", values });
const someOf = (...values: string[]): ManagementShape => ({ kind: "list", values });
const object = (
  members: Readonly<Record<string, ManagementShape>>,
  required: readonly string[] = [],
): ManagementShape => ({ kind: "object", members, ...(required.length > 0 ? { required } : {}) });
const map = (member: ManagementShape, most?: number): ManagementShape => ({
  kind: "map",
  member,
  ...(most === undefined ? {} : { most }),
});

const lifecycle = object({
  move_to_cold_storage_after_days: value,
  delete_after_days: value,
  to_delete_after_days: value,
  opt_in_to_archive_for_supported_resources: value,
});
const tag = object({ tag_key: value, tag_value: value });
const backupPlan = object(
  {
    rules: map(
      object(
        {
          schedule_expression: value,
          schedule_expression_timezone: value,
          start_backup_window_minutes: value,
          complete_backup_window_minutes: value,
          target_backup_vault_name: value,
          target_logically_air_gapped_backup_vault_arn: value,
          enable_continuous_backup: value,
          lifecycle,
          copy_actions: map(object({ target_backup_vault_arn: value, lifecycle })),
          recovery_point_tags: map(tag),
          index_actions: any,
          scan_actions: any,
        },
        ["target_backup_vault_name"],
      ),
      10,
    ),
    regions: list,
    selections: object({
      tags: map(
        object({ iam_role_arn: value, tag_key: value, tag_value: list, conditions: any }, [
          "iam_role_arn",
          "tag_key",
          "tag_value",
        ]),
      ),
      resources: map(
        object(
          {
            iam_role_arn: value,
            resource_types: list,
            not_resource_types: list,
            conditions: any,
          },
          ["iam_role_arn", "resource_types"],
        ),
      ),
    }),
    advanced_backup_settings: object({ ec2: object({ windows_vss: value }) }),
    backup_plan_tags: map(tag),
    scan_settings: any,
  },
  ["rules", "regions", "selections"],
);

const regionLists = object({ enable_in_regions: list, disable_in_regions: list });
const requiredRegionLists = object({ enable_in_regions: list, disable_in_regions: list }, [
  "enable_in_regions",
  "disable_in_regions",
]);
const onOff = oneOf("enabled", "disabled");
const defaultOnOff = oneOf("no_preference", "enabled", "disabled");
const roleSettings = someOf("user_role", "channel_role");
const guide = "https://docs.aws.amazon.com/organizations/latest/userguide/";

/**
 * The management policy types' top-level keys and shapes, from the syntax page of each type in the
 * AWS Organizations User Guide.
 */
export const managementPolicyTypes: {
  readonly asOf: string;
  readonly source: string;
  readonly types: Readonly<Record<ManagementPolicyType, ManagementPolicyFacts>>;
} = {
  asOf: "2026-11-22",
  source: `${guide}orgs_manage_policies_management_policies.html`,
  types: {
    TAG_POLICY: {
      topKey: "tags",
      shape: map(
        object({
          tag_key: value,
          tag_value: list,
          enforced_for: list,
          report_required_tag_for: list,
        }),
      ),
      keyCase: "lower",
      assignOnly: false,
      closed: false,
      source: `${guide}orgs_manage_policies_example-tag-policies.html`,
    },
    BACKUP_POLICY: {
      topKey: "plans",
      shape: map(backupPlan),
      keyCase: "lower",
      assignOnly: false,
      closed: false,
      source: `${guide}orgs_manage_policies_backup_syntax.html`,
    },
    AISERVICES_OPT_OUT_POLICY: {
      topKey: "services",
      shape: map(object({ opt_out_policy: oneOf("optOut", "optIn") }, ["opt_out_policy"])),
      keyCase: "lower",
      assignOnly: true,
      closed: true,
      source: `${guide}orgs_manage_policies_ai-opt-out_syntax.html`,
    },
    CHATBOT_POLICY: {
      topKey: "chatbot",
      shape: object({
        platforms: object({
          slack: object({
            client: onOff,
            workspaces: list,
            default: object({
              supported_channel_types: someOf("public", "private"),
              supported_role_settings: roleSettings,
            }),
            overrides: map(
              object({
                supported_channel_types: someOf("public", "private"),
                supported_role_settings: roleSettings,
              }),
              255,
            ),
          }),
          microsoft_teams: object({
            client: onOff,
            tenants: map(list, 36),
            default: object({ supported_role_settings: roleSettings }),
            overrides: map(map(object({ supported_role_settings: roleSettings }), 36), 36),
          }),
          chime: object({ client: onOff }),
          default: object({ client: onOff }),
        }),
        default: object({ client: onOff }),
      }),
      keyCase: "asWritten",
      assignOnly: false,
      closed: false,
      source: `${guide}orgs_manage_policies_chatbot_syntax.html`,
    },
    DECLARATIVE_POLICY_EC2: {
      topKey: "ec2_attributes",
      shape: object({
        exception_message: value,
        vpc_block_public_access: object({
          internet_gateway_block: object({
            mode: oneOf("off", "block_ingress", "block_bidirectional"),
            exclusions_allowed: onOff,
          }),
        }),
        serial_console_access: object({ status: onOff }),
        image_block_public_access: object({ state: oneOf("block_new_sharing", "unblocked") }),
        snapshot_block_public_access: object({
          state: oneOf("block_all_sharing", "block_new_sharing", "unblocked"),
        }),
        allowed_images_settings: object({
          state: oneOf("enabled", "disabled", "audit_mode"),
          image_criteria: any,
        }),
        instance_metadata_defaults: object({
          http_tokens: oneOf("no_preference", "required", "optional"),
          http_put_response_hop_limit: value,
          http_endpoint: defaultOnOff,
          instance_metadata_tags: defaultOnOff,
          http_tokens_enforced: defaultOnOff,
        }),
      }),
      keyCase: "asWritten",
      assignOnly: false,
      closed: false,
      source: `${guide}orgs_manage_policies_declarative_syntax.html`,
    },
    SECURITYHUB_POLICY: {
      topKey: "securityhub",
      shape: object(
        {
          enable_in_regions: list,
          disable_in_regions: list,
          features: map(requiredRegionLists),
        },
        ["enable_in_regions", "disable_in_regions"],
      ),
      keyCase: "asWritten",
      assignOnly: false,
      closed: false,
      source: `${guide}orgs_manage_policies_security_hub_syntax.html`,
    },
    SECURITYHUB_CSPM_POLICY: {
      shape: any,
      keyCase: "asWritten",
      assignOnly: false,
      closed: false,
      source: `${guide}orgs_manage_policies_security_hub_cspm_syntax.html`,
    },
    INSPECTOR_POLICY: {
      topKey: "inspector",
      shape: object({
        enablement: object({
          ec2_scanning: regionLists,
          ecr_scanning: regionLists,
          code_repository_scanning: regionLists,
          lambda_standard_scanning: object({
            enable_in_regions: list,
            disable_in_regions: list,
            lambda_code_scanning: regionLists,
          }),
        }),
      }),
      keyCase: "asWritten",
      assignOnly: false,
      closed: false,
      source: `${guide}orgs_manage_policies_inspector_syntax.html`,
    },
    GUARDDUTY_POLICY: {
      topKey: "guardduty",
      shape: object({ enablement: map(map(any)) }),
      keyCase: "asWritten",
      assignOnly: false,
      closed: false,
      source: `${guide}orgs_manage_policies_guardduty_syntax.html`,
    },
    BEDROCK_POLICY: {
      topKey: "bedrock",
      shape: object({
        guardrail_inference: map(
          map(
            object(
              {
                identifier: value,
                input_tags: oneOf("honor", "ignore"),
                selective_content_guarding: object({
                  system: oneOf("selective", "comprehensive"),
                  messages: oneOf("selective", "comprehensive"),
                }),
                model_enforcement: object({ included_models: list, excluded_models: list }),
              },
              ["identifier"],
            ),
          ),
        ),
      }),
      keyCase: "asWritten",
      assignOnly: false,
      closed: false,
      source: `${guide}orgs_manage_policies_bedrock_syntax.html`,
    },
    S3_POLICY: {
      topKey: "s3_attributes",
      shape: object({ public_access_block_configuration: oneOf("all", "none") }),
      keyCase: "asWritten",
      assignOnly: false,
      closed: true,
      source: `${guide}orgs_manage_policies_s3_syntax.html`,
    },
    NETWORK_SECURITY_DIRECTOR_POLICY: {
      topKey: "network_security_director",
      shape: object({ enablement: object({ network_security_scan: regionLists }) }),
      keyCase: "asWritten",
      assignOnly: false,
      closed: false,
      source: `${guide}orgs_manage_policies_network_security_director_syntax.html`,
    },
    UPGRADE_ROLLOUT_POLICY: {
      topKey: "upgrade_rollout",
      shape: object({
        default: object({ patch_order: oneOf("first", "second", "last") }),
        tags: map(
          object({ tag_values: map(object({ patch_order: oneOf("first", "second", "last") })) }),
        ),
      }),
      keyCase: "asWritten",
      assignOnly: false,
      closed: false,
      source: `${guide}orgs_manage_policies_upgrade_syntax.html`,
    },
  },
};
