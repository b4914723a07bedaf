"""Calls every operation of Detective that the sandbox serves."""


def walk(site, audit, member):
    management = site.client("detective", "management")
    own = site.member(audit, "detective")
    other = site.member(member, "detective")
    own.refuse("EnableOrganizationAdminAccount", "AccessDeniedException", AccountId=audit)
    invitation(site, own, other, audit, member)
    management.call("EnableOrganizationAdminAccount", AccountId=audit)
    management.refuse("EnableOrganizationAdminAccount", "ValidationException", AccountId=member)
    management.call("ListOrganizationAdminAccounts")
    graph = {"GraphArn": own.call("ListGraphs")["GraphList"][0]["Arn"]}
    own.call("UpdateOrganizationConfiguration", AutoEnable=True, **graph)
    own.call("DescribeOrganizationConfiguration", **graph)
    other.refuse("DescribeOrganizationConfiguration", "AccessDeniedException", **graph)
    own.refuse("ListMembers", "ValidationException", GraphArn="nonsense")
    members(site, own, other, graph, member)
    packages(own, graph, member)
    own.call("TagResource", ResourceArn=graph["GraphArn"], Tags={"team": "security"})
    own.call("ListTagsForResource", ResourceArn=graph["GraphArn"])
    own.call("UntagResource", ResourceArn=graph["GraphArn"], TagKeys=["team"])
    own.call("DeleteMembers", AccountIds=[member], **graph)
    own.refuse("DeleteGraph", "ValidationException", **graph)
    management.call("DisableOrganizationAdminAccount")
    management.refuse("DisableOrganizationAdminAccount", "ValidationException")


def invitation(site, own, other, audit, member):
    """A graph of its own, with a member by invitation, to its end."""
    graph = {"GraphArn": own.call("CreateGraph", Tags={"team": "security"})["GraphArn"]}
    own.refuse("CreateGraph", "ConflictException")
    email = {one["Id"]: one["Email"] for one in site.org.call("ListAccounts")["Accounts"]}[member]
    accounts = [{"AccountId": member, "EmailAddress": email}]
    own.call("CreateMembers", Accounts=accounts, **graph)
    other.call("RejectInvitation", **graph)
    own.call("CreateMembers", Accounts=accounts, **graph)
    other.call("ListInvitations")
    other.call("AcceptInvitation", **graph)
    other.refuse("AcceptInvitation", "ConflictException", **graph)
    other.call("DisassociateMembership", **graph)
    other.refuse("DisassociateMembership", "ResourceNotFoundException", **graph)
    own.call("DeleteGraph", **graph)


def members(site, own, other, graph, member):
    accounts = [{"AccountId": member, "EmailAddress": "member@example.com"}]
    own.call("CreateMembers", Accounts=accounts, **graph)
    own.refuse("CreateMembers", "ValidationException", Accounts=[], **graph)
    own.call("CreateMembers", Accounts=accounts, **graph)
    site.advance(10 * 60_000)
    own.call("GetMembers", AccountIds=[member, "999999999999"], **graph)
    own.call("ListMembers", **graph)
    other.refuse("DisassociateMembership", "AccessDeniedException", **graph)


def packages(own, graph, member):
    own.call("UpdateDatasourcePackages", DatasourcePackages=["EKS_AUDIT"], **graph)
    own.refuse("UpdateDatasourcePackages", "ValidationException", DatasourcePackages=[], **graph)
    own.call("ListDatasourcePackages", **graph)
    ids = [member, "999999999999"]
    own.call("BatchGetGraphMemberDatasources", AccountIds=ids, **graph)
