"""Calls every operation of CloudFormation that the sandbox serves."""

import json

PRINCIPAL = "member.org.stacksets.cloudformation.amazonaws.com"
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "config.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    ],
}
TEMPLATE = json.dumps(
    {
        "Description": "a role",
        "Parameters": {"Name": {"Type": "String", "Default": "walked"}},
        "Resources": {
            "Role": {
                "Type": "AWS::IAM::Role",
                "Properties": {
                    "RoleName": {"Ref": "Name"},
                    "AssumeRolePolicyDocument": TRUST,
                },
            }
        },
        "Outputs": {"Arn": {"Value": {"Fn::GetAtt": ["Role", "Arn"]}}},
    }
)
# botocore takes JSON apart where a text is expected.
YAML = """
Parameters:
  Name: { Type: String, Default: walked }
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Ref Name
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: { Service: config.amazonaws.com }
            Action: sts:AssumeRole
Outputs:
  Arn: { Value: !GetAtt Role.Arn }
"""
IAM = ["CAPABILITY_NAMED_IAM"]
NAMED = {"StackSetName": "walked"}


def walk(site, audit, member):
    own = site.client("cloudformation", "management")
    other = site.member(member, "cloudformation")
    managed = {
        **NAMED,
        "TemplateBody": TEMPLATE,
        "PermissionModel": "SERVICE_MANAGED",
        "Capabilities": IAM,
        "AutoDeployment": {"Enabled": True, "RetainStacksOnAccountRemoval": False},
        "Tags": [{"Key": "team", "Value": "security"}],
    }
    own.call("DescribeOrganizationsAccess")
    other.refuse("ActivateOrganizationsAccess", "InvalidOperationException")
    own.refuse("CreateStackSet", "ValidationError", **managed)
    own.call("ActivateOrganizationsAccess")
    own.refuse("CreateStackSet", "InsufficientCapabilitiesException", **{**managed, "Capabilities": []})
    own.call("CreateStackSet", **managed)
    own.refuse("CreateStackSet", "NameAlreadyExistsException", **managed)
    own.call("CreateStackSet", **{**managed, "StackSetName": "walked-too"})
    own.call("DescribeStackSet", **NAMED)
    own.refuse("DescribeStackSet", "StackSetNotFoundException", StackSetName="none")
    own.call("ListStackSets")
    own.pages("ListStackSets")
    instances(site, own, audit, member)
    stacks(site, own, other)
    own.call("DeleteStackSet", StackSetName="walked-too")
    own.call("DeleteStackSet", **NAMED)
    own.call("DeactivateOrganizationsAccess")


def instances(site, own, audit, member):
    root = site.org.call("ListRoots")["Roots"][0]["Id"]
    targets = {
        "OrganizationalUnitIds": [root],
        "Accounts": [audit, member],
        "AccountFilterType": "INTERSECTION",
    }
    where = {**NAMED, "DeploymentTargets": targets, "Regions": ["us-east-1"]}
    at_once = {"MaxConcurrentPercentage": 100, "FailureTolerancePercentage": 100}
    started = own.call("CreateStackInstances", **where, OperationPreferences=at_once)
    operation = {**NAMED, "OperationId": started["OperationId"]}
    own.refuse("CreateStackInstances", "OperationInProgressException", **where)
    own.call("DescribeStackSetOperation", **operation)
    site.advance(120_000)
    own.call("DescribeStackSetOperation", **operation)
    own.call("ListStackSetOperationResults", **operation)
    own.pages("ListStackSetOperationResults", **operation)
    own.refuse("StopStackSetOperation", "InvalidOperationException", **operation)
    own.call("ListStackInstances", **NAMED)
    own.pages("ListStackInstances", **NAMED)
    one = {**NAMED, "StackInstanceAccount": audit, "StackInstanceRegion": "us-east-1"}
    own.call("DescribeStackInstance", **one)
    own.refuse(
        "DescribeStackInstance",
        "StackInstanceNotFoundException",
        **{**one, "StackInstanceRegion": "eu-west-1"},
    )
    own.call("ListStackSetAutoDeploymentTargets", **NAMED)
    own.call("UpdateStackInstances", **where)
    site.advance(120_000)
    own.call("UpdateStackSet", **NAMED, UsePreviousTemplate=True, Capabilities=IAM)
    site.advance(120_000)
    own.call("DetectStackSetDrift", **NAMED)
    site.advance(120_000)
    own.call("DescribeStackSet", **NAMED)
    own.call("ListStackSetOperations", **NAMED)
    own.pages("ListStackSetOperations", **NAMED)
    own.refuse("DeleteStackSet", "StackSetNotEmptyException", **NAMED)
    stopped = own.call("DeleteStackInstances", **where, RetainStacks=False)
    own.call("StopStackSetOperation", **NAMED, OperationId=stopped["OperationId"])
    site.advance(120_000)
    own.call("ListStackSetOperations", **NAMED)
    own.call("DeleteStackInstances", **where, RetainStacks=False)
    site.advance(120_000)
    own.call("ListStackSetOperations", **NAMED)


def stacks(site, own, other):
    stack = {"StackName": "walked", "TemplateBody": YAML}
    own.refuse("DescribeStacks", "ValidationError", StackName="walked")
    own.call("ValidateTemplate", TemplateBody=TEMPLATE)
    own.refuse("ValidateTemplate", "ValidationError", TemplateBody="Resources: {}")
    own.call("GetTemplateSummary", TemplateBody=TEMPLATE)
    own.call("CreateStack", **stack, Capabilities=IAM)
    own.refuse("CreateStack", "AlreadyExistsException", **stack, Capabilities=IAM)
    site.advance(60_000)
    own.call("DescribeStacks", StackName="walked")
    own.call("ListStacks")
    own.call("DescribeStackResources", StackName="walked")
    own.call("GetTemplate", StackName="walked")
    renamed = [{"ParameterKey": "Name", "ParameterValue": "walked-again"}]
    own.call("UpdateStack", **stack, Capabilities=IAM, Parameters=renamed)
    site.advance(60_000)
    own.call("DeleteStack", StackName="walked")
    other.call("ListStacks")
