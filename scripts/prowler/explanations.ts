const unused =
  "Prowler says nothing of Regions without such resources unless told to scan unused services; the default is for the next resource";
const elsewhere =
  "only the management account or a delegated administrator can ask; orgrail says it once for the organization";
const perDetector =
  "detectors that the management account and the administrator made for themselves have every plan; orgrail asks whether the organization has it on for all";
const bucket =
  "the bucket is another account's, outside of Prowler's scope; orgrail reads it in the account that owns it";
const report =
  "Prowler reads root users from the credential report, which the sandbox does not make; orgrail reads the account summary";
const macie = "Prowler says nothing of Regions without buckets, nor of a Macie that is off";

/**
 * Why Prowler and orgrail answer differently, by `CHECK PROWLER ORGRAIL`. Checked by
 * `npm run referee:prowler`: a difference without an explanation fails it, and so does an explanation
 * without a difference.
 */
export const explanations: Readonly<Record<string, string>> = {
  "accessanalyzer_enabled fail pass":
    "Prowler looks for an analyzer in each account; the organization's analyzer, in the administrator's account, covers all of them",
  "account_security_contact_information_is_registered unknown fail":
    "Prowler leaves it to a human; orgrail reads the alternate contact",
  "cloudtrail_logs_s3_bucket_access_logging_enabled unknown fail": bucket,
  "cloudtrail_logs_s3_bucket_is_not_publicly_accessible unknown pass": bucket,
  "cloudtrail_s3_dataevents_read_enabled none fail":
    "Prowler says nothing of accounts without buckets; the organization's trail is asked about once",
  "cloudtrail_s3_dataevents_write_enabled none fail":
    "Prowler says nothing of accounts without buckets; the organization's trail is asked about once",
  "ec2_ebs_default_encryption none fail": unused,
  "ec2_ebs_snapshot_account_block_public_access none fail": unused,
  "ec2_instance_account_imdsv2_enabled none fail": unused,
  "guardduty_delegated_admin_enabled_all_regions unknown pass":
    "a member cannot see who administers the organization; orgrail asks the administrator",
  "guardduty_ec2_malware_protection_enabled pass fail": perDetector,
  "guardduty_lambda_protection_enabled pass fail": perDetector,
  "guardduty_rds_protection_enabled pass fail": perDetector,
  "iam_no_root_access_key none pass": report,
  "iam_root_credentials_management_enabled none fail": elsewhere,
  "iam_root_hardware_mfa_enabled none fail": report,
  "iam_root_mfa_enabled none fail": report,
  "macie_automated_sensitive_data_discovery_enabled none fail": macie,
  "macie_is_enabled none fail": macie,
  "organizations_delegated_administrators fail none":
    "Prowler trusts no administrator that its own list does not name; orgrail judges by a list of the configuration, and without one says nothing",
  "organizations_opt_out_ai_services_policy none fail": elsewhere,
  "organizations_scp_check_deny_regions fail none":
    "service control policies do not bind the management account, of which Prowler says it all the same",
  "organizations_scp_check_deny_regions none fail": elsewhere,
  "organizations_tags_policies_enabled_and_attached none fail": elsewhere,
  "s3_account_level_public_access_blocks none fail":
    "S3 Control's clients put the account before the host's name, which the sandbox's address does not take: Prowler cannot ask",
  "securityhub_delegated_admin_enabled_all_regions fail pass":
    "under central configuration auto-enable is off, and new accounts get the policy of the root; Prowler knows auto-enable alone",
  "securityhub_delegated_admin_enabled_all_regions unknown pass":
    "a member cannot see who administers the organization; orgrail asks the administrator",
};
