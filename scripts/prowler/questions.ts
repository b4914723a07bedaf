/** A question that Prowler and orgrail both ask: a check of Prowler's, and our rules for the same. */
export interface Question {
  /** Prowler's id of its check. */
  readonly check: string;
  /** Rules of ours; the worst of them answers. */
  readonly rules: readonly string[];
}

const q = (check: string, ...rules: string[]): Question => ({ check, rules });

/** The questions that both ask of an organization. */
export const questions: readonly Question[] = [
  q("accessanalyzer_enabled", "access-analyzer/external-access"),
  q("account_security_contact_information_is_registered", "organization/security-contact"),
  q("cloudtrail_cloudwatch_logging_enabled", "cloudtrail/cloudwatch-logs"),
  q("cloudtrail_insights_exist", "cloudtrail/insights"),
  q("cloudtrail_kms_encryption_enabled", "cloudtrail/encryption"),
  q("cloudtrail_log_file_validation_enabled", "cloudtrail/log-validation"),
  q("cloudtrail_logs_s3_bucket_access_logging_enabled", "cloudtrail/bucket-access-log"),
  q("cloudtrail_logs_s3_bucket_is_not_publicly_accessible", "cloudtrail/bucket-public-access"),
  q("cloudtrail_multi_region_enabled", "cloudtrail/multi-region", "cloudtrail/logging"),
  q("cloudtrail_multi_region_enabled_logging_management_events", "cloudtrail/management-events"),
  q("cloudtrail_s3_dataevents_read_enabled", "cloudtrail/s3-data-events"),
  q("cloudtrail_s3_dataevents_write_enabled", "cloudtrail/s3-data-events"),
  q("config_delegated_admin_and_org_aggregator_all_regions", "config/aggregator"),
  q("config_recorder_all_regions_enabled", "config/recorder"),
  q("ec2_ami_account_block_public_access", "ec2/image-public-access"),
  q("ec2_ebs_default_encryption", "ec2/ebs-encryption"),
  q("ec2_ebs_snapshot_account_block_public_access", "ec2/snapshot-public-access"),
  q("ec2_instance_account_imdsv2_enabled", "ec2/imdsv2"),
  q("guardduty_centrally_managed", "guardduty/members"),
  q(
    "guardduty_delegated_admin_enabled_all_regions",
    "guardduty/administrator",
    "guardduty/auto-enable",
  ),
  q("guardduty_ec2_malware_protection_enabled", "guardduty/malware-protection"),
  q("guardduty_eks_audit_log_enabled", "guardduty/eks-audit-logs"),
  q("guardduty_eks_runtime_monitoring_enabled", "guardduty/runtime-monitoring"),
  q("guardduty_is_enabled", "guardduty/members"),
  q("guardduty_lambda_protection_enabled", "guardduty/lambda-protection"),
  q("guardduty_rds_protection_enabled", "guardduty/rds-protection"),
  q("guardduty_s3_protection_enabled", "guardduty/s3-protection"),
  q("iam_no_root_access_key", "iam/root-access-keys"),
  q("iam_password_policy_minimum_length_14", "iam/password-length"),
  q("iam_password_policy_reuse_24", "iam/password-reuse"),
  q("iam_password_policy_symbol", "iam/password-characters"),
  q("iam_root_credentials_management_enabled", "iam/root-credentials-management"),
  q("iam_root_hardware_mfa_enabled", "iam/root-hardware-mfa"),
  q("iam_root_mfa_enabled", "iam/root-mfa"),
  q(
    "inspector2_is_enabled",
    "inspector/members",
    "inspector/ec2-scanning",
    "inspector/ecr-scanning",
    "inspector/lambda-scanning",
    "inspector/lambda-code-scanning",
  ),
  q("macie_automated_sensitive_data_discovery_enabled", "macie/automated-discovery"),
  q("macie_is_enabled", "macie/members"),
  q("organizations_delegated_administrators", "organization/delegated-administrators-allowed"),
  q("organizations_opt_out_ai_services_policy", "organization/ai-opt-out"),
  q("organizations_scp_check_deny_regions", "guardrails/governed-regions"),
  q("organizations_tags_policies_enabled_and_attached", "organization/tag-policy"),
  q("s3_account_level_public_access_blocks", "s3/account-public-access-block"),
  q("securityhub_delegated_admin_enabled_all_regions", "securityhub/administrator"),
  q("securityhub_enabled", "securityhub/members"),
];
