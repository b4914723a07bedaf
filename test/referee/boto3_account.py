"""Calls every operation of Account Management that the sandbox serves."""

CONTACT = {
    "FullName": "Sam Example",
    "AddressLine1": "1 Main Street",
    "City": "Seattle",
    "StateOrRegion": "WA",
    "CountryCode": "US",
    "PostalCode": "98101",
    "PhoneNumber": "+12065550100",
}
ALTERNATE = {
    "Name": "Sam",
    "Title": "CISO",
    "EmailAddress": "sam@example.com",
    "PhoneNumber": "+1 206 555 0100",
}


def walk(site, member):
    site.org.call("EnableAWSServiceAccess", ServicePrincipal="account.amazonaws.com")
    own = site.client("account", "management")
    for target in ({}, {"AccountId": member}):
        own.call("PutContactInformation", ContactInformation=CONTACT, **target)
        if own.call("GetContactInformation", **target)["ContactInformation"] != CONTACT:
            site.record.add(["GetContactInformation: another contact than the one that was put"])
        for kind in ("BILLING", "OPERATIONS", "SECURITY"):
            one = {"AlternateContactType": kind, **target}
            own.call("PutAlternateContact", **ALTERNATE, **one)
            own.call("GetAlternateContact", **one)
            own.call("DeleteAlternateContact", **one)
            own.refuse("GetAlternateContact", "ResourceNotFoundException", **one)
            own.refuse("DeleteAlternateContact", "ResourceNotFoundException", **one)
        own.call("GetAccountInformation", **target)
        own.call("PutAccountName", AccountName="Walked", **target)
        regions(site, own, target)
    own.call("GetPrimaryEmail", AccountId=member)
    email = {"AccountId": member, "PrimaryEmail": "walked@example.com"}
    own.call("StartPrimaryEmailUpdate", **email)
    own.refuse("AcceptPrimaryEmailUpdate", "ValidationException", Otp="000000", **email)
    own.call("AcceptPrimaryEmailUpdate", Otp="123456", **email)
    own.refuse("AcceptPrimaryEmailUpdate", "ResourceNotFoundException", Otp="123456", **email)
    taken = {"AccountId": member, "PrimaryEmail": "production@example.com"}
    own.refuse("StartPrimaryEmailUpdate", "ConflictException", **taken)
    refusals(site, own)


def regions(site, own, target):
    own.call("GetRegionOptStatus", RegionName="us-east-1", **target)
    own.call("EnableRegion", RegionName="af-south-1", **target)
    own.call("GetRegionOptStatus", RegionName="af-south-1", **target)
    site.advance(24 * 3600_000)
    own.call("DisableRegion", RegionName="af-south-1", **target)
    own.refuse("DisableRegion", "ValidationException", RegionName="us-east-1", **target)
    own.refuse("EnableRegion", "ValidationException", RegionName="nowhere-1", **target)
    site.advance(24 * 3600_000)
    own.call("ListRegions", RegionOptStatusContains=["ENABLED_BY_DEFAULT"], **target)
    own.pages("ListRegions", 5, **target)


def refusals(site, own):
    stranger = site.client("account", "stranger")
    for operation in own.model.operation_names:
        model = own.model.operation_model(operation)
        if operation in SERVED and "AccountId" in model.input_shape.members:
            fit = {name: FIT[name] for name in model.input_shape.required_members}
            fit["AccountId"] = "999999999999"
            stranger.refuse(operation, "AccessDeniedException", **fit)
            own.refuse(operation, "ValidationException", **{**fit, "AccountId": "nonsense"})
    for name in ALTERNATE:
        given = {**ALTERNATE, "AlternateContactType": "BILLING"}
        del given[name]
        own.refuse("PutAlternateContact", "ValidationException", **given)
    for name in ("FullName", "CountryCode", "PhoneNumber"):
        odd = {**CONTACT, name: ""}
        own.refuse("PutContactInformation", "ValidationException", ContactInformation=odd)
    own.refuse("ListRegions", "ValidationException", MaxResults=51)


FIT = {
    "AlternateContactType": "BILLING",
    "RegionName": "af-south-1",
    "AccountName": "Name",
    "ContactInformation": CONTACT,
    "PrimaryEmail": "somebody@example.com",
    "Otp": "123456",
    "AccountId": "999999999999",
    **ALTERNATE,
}
SERVED = {
    "AcceptPrimaryEmailUpdate",
    "DeleteAlternateContact",
    "DisableRegion",
    "EnableRegion",
    "GetAccountInformation",
    "GetAlternateContact",
    "GetContactInformation",
    "GetPrimaryEmail",
    "GetRegionOptStatus",
    "ListRegions",
    "PutAccountName",
    "PutAlternateContact",
    "PutContactInformation",
    "StartPrimaryEmailUpdate",
}
