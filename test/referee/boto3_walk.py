"""Calls every operation that the sandbox serves with boto3, and judges every answer.

Reads a line of JSON with the endpoint and the keys; asks with lines of JSON for time to pass;
prints what it saw as the last line.
"""

import json
import sys
import traceback

import boto3_account
import boto3_analyzers
import boto3_config
import boto3_detective
import boto3_fms
import boto3_guardduty
import boto3_identity
import boto3_identity_center
import boto3_inspector
import boto3_macie
import boto3_organizations
import boto3_securityhub
import boto3_settings
import boto3_stacks
import boto3_storage
import boto3_systems_manager
import boto3_trails
from boto3_client import Judged, Record


class Site:
    """The sandbox and its callers."""

    def __init__(self, given):
        self.record = Record()
        self.endpoint = given["endpoint"]
        self.keys = given["keys"]
        self.month_start = given["monthStart"]
        self.org = self.client("organizations", "management")
        self.other = self.client("organizations", "other")
        self.guest = self.client("organizations", "guest")
        self.stranger = self.client("organizations", "stranger")

    def client(self, service, who):
        keys = self.keys[who] if isinstance(who, str) else who
        return Judged(self.record, self.endpoint, keys, service)

    def assume(self, account, role="Admin"):
        """Keys of a role in a member account."""
        arn = f"arn:aws:iam::{account}:role/{role}"
        sts = self.client("sts", "management")
        given = sts.call("AssumeRole", RoleArn=arn, RoleSessionName="walk")["Credentials"]
        return {
            "accessKeyId": given["AccessKeyId"],
            "secretAccessKey": given["SecretAccessKey"],
            "sessionToken": given["SessionToken"],
        }

    def member(self, account, service="organizations"):
        return self.client(service, self.assume(account))

    def advance(self, milliseconds):
        """Lets time pass in the sandbox."""
        print(json.dumps({"advance": milliseconds}), flush=True)
        sys.stdin.readline()

    def enable_identity_center(self):
        """Does what only the console of the management account can."""
        print(json.dumps({"enable": "sso"}), flush=True)
        sys.stdin.readline()


def main():
    site = Site(json.loads(sys.stdin.readline()))
    for part in (boto3_storage.walk, boto3_organizations.walk, services):
        attempt(site, part)
    record = site.record
    report = {
        "problems": record.problems,
        "answered": record.answered,
        "refused": plain(record.refused),
        "absent": plain(record.absent),
        "paged": record.paged,
        "known": {
            service: list(site.client(service, "management").model.operation_names)
            for service in ("organizations", "sts", "iam", "account", "s3")
        },
    }
    print(json.dumps({"report": report}), flush=True)


def services(site):
    """The walks that need an organization with an account for audit and another member."""
    accounts = site.org.call("ListAccounts")["Accounts"]
    audit = next(one["Id"] for one in accounts if one["Name"] == "Audit")
    management = site.keys["management"]["account"]
    active = [one["Id"] for one in accounts if one["Status"] == "ACTIVE"]
    member = next(one for one in active if one not in (audit, management))
    for part in (
        boto3_securityhub,
        boto3_macie,
        boto3_fms,
        boto3_stacks,
        boto3_config,
        boto3_guardduty,
        boto3_detective,
        boto3_inspector,
        boto3_analyzers,
        boto3_identity_center,
        boto3_systems_manager,
        boto3_settings,
    ):
        attempt(site, part.walk, audit, member)
    for part in (boto3_trails, boto3_account, boto3_identity):
        attempt(site, part.walk, audit)


def attempt(site, walk, *given):
    """What breaks one walk off does not end the others."""
    try:
        walk(site, *given)
    except Exception:
        site.record.add([traceback.format_exc()])


def plain(sets):
    return {
        service: {name: sorted(values) for name, values in operations.items() if values}
        for service, operations in sets.items()
    }


main()
