"""Calls every operation of the identity store that the sandbox serves."""


def walk(own, store):
    """Makes groups and users; the ids of a group and of a user in it."""
    place = {"IdentityStoreId": store}
    groups = [
        own.call("CreateGroup", DisplayName=name, Description="walk", **place)["GroupId"]
        for name in ("Auditors", "Leavers")
    ]
    own.refuse("CreateGroup", "ConflictException", DisplayName="auditors", **place)
    own.refuse("CreateGroup", "ResourceNotFoundException", DisplayName="a", IdentityStoreId="d-0000000000")
    users = [own.call("CreateUser", **person(name), **place)["UserId"] for name in ("ada", "bob")]
    own.refuse("CreateUser", "ConflictException", **person("ada"), **place)
    own.refuse("CreateUser", "ValidationException", UserName="nameless", **place)
    own.call("DescribeGroup", GroupId=groups[0], **place)
    own.call("DescribeUser", UserId=users[0], **place)
    lists(own, place)
    memberships(own, place, groups, users)
    own.call("DeleteUser", UserId=users[1], **place)
    own.refuse("DescribeUser", "ResourceNotFoundException", UserId=users[1], **place)
    own.call("DeleteGroup", GroupId=groups[1], **place)
    own.refuse("DescribeGroup", "ResourceNotFoundException", GroupId=groups[1], **place)
    return groups[0], users[0]


def lists(own, place):
    own.call("ListGroups", **place)
    own.pages("ListGroups", **place)
    named = [{"AttributePath": "DisplayName", "AttributeValue": "Auditors"}]
    if len(own.call("ListGroups", Filters=named, **place)["Groups"]) != 1:
        own.record.add(["ListGroups: the filter lets others through"])
    own.call("ListUsers", **place)
    own.pages("ListUsers", **place)
    own.refuse("ListUsers", "ValidationException", MaxResults=101, **place)
    own.call("GetGroupId", AlternateIdentifier=unique("displayName", "Auditors"), **place)
    own.call("GetUserId", AlternateIdentifier=unique("userName", "ada"), **place)
    for operation, path in (("GetGroupId", "displayName"), ("GetUserId", "userName")):
        nobody = unique(path, "nobody")
        own.refuse(operation, "ResourceNotFoundException", AlternateIdentifier=nobody, **place)


def memberships(own, place, groups, users):
    def member(user):
        return {"MemberId": {"UserId": user}}

    first = {"GroupId": groups[0], **member(users[0]), **place}
    own.call("CreateGroupMembership", **first)
    own.refuse("CreateGroupMembership", "ConflictException", **first)
    own.call("CreateGroupMembership", **{**first, "GroupId": groups[1]})
    made = own.call("CreateGroupMembership", **{**first, **member(users[1])})["MembershipId"]
    own.call("ListGroupMemberships", GroupId=groups[0], **place)
    own.pages("ListGroupMemberships", GroupId=groups[0], **place)
    own.call("ListGroupMembershipsForMember", **member(users[0]), **place)
    own.pages("ListGroupMembershipsForMember", **member(users[0]), **place)
    own.call("IsMemberInGroups", GroupIds=groups, **member(users[1]), **place)
    own.call("DeleteGroupMembership", MembershipId=made, **place)
    own.refuse("DeleteGroupMembership", "ResourceNotFoundException", MembershipId=made, **place)


def person(name):
    return {
        "UserName": name,
        "DisplayName": name.title(),
        "Name": {"GivenName": name.title(), "FamilyName": "Walker"},
        "Emails": [{"Value": f"{name}@example.com", "Type": "work", "Primary": True}],
    }


def unique(path, value):
    return {"UniqueAttribute": {"AttributePath": path, "AttributeValue": value}}
