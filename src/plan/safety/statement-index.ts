import { essentialAccess } from "../../data/essential-access.ts";
import { compileActions } from "../../policy/action-pattern.ts";
import { entry } from "../live.ts";
import { statementMeanings } from "../policy-content.ts";

/** What of a document can decide about essential access, as numbers of statements. */
export interface ContentFacts {
  readonly allows: readonly number[];
  readonly denies: readonly number[];
  /** Whether one of these statements names an account. */
  readonly namesAccounts: boolean;
}

/**
 * Numbers the statements of policies, the same for the same meaning, and leaves out denials of
 * actions that are not essential: documents that differ in other things count as one.
 */
export function statementIndex(): (content: string | undefined) => ContentFacts {
  const numbers = new Map<string, number>();
  const facts = new Map<string | undefined, ContentFacts>();
  const numberOf = (text: string): number => entry(numbers, text, () => numbers.size);
  return (content) =>
    entry(facts, content, () => {
      if (content === undefined) {
        return { allows: [numberOf("unread")], denies: [], namesAccounts: false };
      }
      const allowing = [...statementMeanings(content, "Allow")];
      const denying = [...statementMeanings(content, "Deny")].filter(concernsEssentials);
      // A text without statements is its own: it may be no document at all.
      if (allowing.length + denying.length === 0 && !content.includes("Statement")) {
        allowing.push(content);
      }
      return {
        allows: allowing.map(numberOf),
        denies: denying.map(numberOf),
        namesAccounts: [...allowing, ...denying].some((text) => /\d{12}/.test(text)),
      };
    });
}

const essentials: readonly string[] = [
  ...essentialAccess.actions,
  ...essentialAccess.entryActions,
  ...essentialAccess.delegatedActions,
].map(({ action }) => action.toLowerCase());

/** Whether a statement, in its comparable form, is about an essential action. */
function concernsEssentials(statement: string): boolean {
  const { Action, NotAction } = JSON.parse(statement) as Record<string, unknown>;
  if (Action !== undefined) return essentials.some(compileActions(patternsOf(Action)));
  const excepted = compileActions(patternsOf(NotAction));
  return essentials.some((action) => !excepted(action));
}

/** The comparable form keeps every member of a list as JSON text. */
function patternsOf(list: unknown): string[] {
  if (!Array.isArray(list)) return ["*"];
  return list.map((item) => {
    const pattern: unknown = JSON.parse(String(item));
    return typeof pattern === "string" ? pattern : "*";
  });
}
