import { patterns } from "../schema/atoms.ts";

/** Gives accounts valid addresses where the source has placeholders. */
export interface EmailAddresses {
  /** The address, and whether it is a stand-in that somebody has to replace. */
  next(
    written: string,
    accountName: string,
  ): { readonly email: string; readonly isStandIn: boolean };
}

/**
 * Cleans addresses such as `<audit>@example.com  <----- UPDATE EMAIL ADDRESS`: what is left is
 * valid, and a stand-in is unlike all other addresses. Addresses that are valid stay as they are.
 */
export function emailAddresses(): EmailAddresses {
  const used = new Set<string>();
  return {
    next: (written, accountName) => {
      const cleaned = written
        .replace(/\s*<-{2,}.*$/s, "")
        .replace(/[<>]/g, "")
        .trim();
      if (isAddress(written.trim())) {
        used.add(written.trim().toLowerCase());
        return { email: written.trim(), isStandIn: false };
      }
      const email = unused(isAddress(cleaned) ? cleaned : `${slug(accountName)}@example.com`, used);
      used.add(email.toLowerCase());
      return { email, isStandIn: true };
    },
  };
}

function isAddress(text: string): boolean {
  return text.length >= 6 && text.length <= 64 && patterns.createdEmail.test(text);
}

function unused(email: string, used: ReadonlySet<string>): string {
  const at = email.lastIndexOf("@");
  for (let i = 1; ; i++) {
    const next = i === 1 ? email : `${email.slice(0, at)}+${i}${email.slice(at)}`;
    if (!used.has(next.toLowerCase())) return next;
  }
}

function slug(name: string): string {
  const safe = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40);
  return safe === "" ? "account" : safe;
}
