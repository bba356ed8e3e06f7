import type { Finding, Rule } from './hardening/rule';
import type { Installation } from './installation';
import type { Environment } from './render';
import { readYaml } from './values';

/** One entry of `exemptions.yaml`: where a rule is broken on purpose. */
export interface Exemption {
  rule: string;
  /** `StatefulSet/postgres-*`; `*` stands for any text. */
  object: string;
  /** Only this container; all of them when not given. */
  container?: string;
  /** Only with this message, in which `*` stands for any text; all of them when not given. */
  message?: string;
  /** Only there; everywhere when not given. */
  environments?: Environment[];
  reason: string;
  /** What it excuses goes away by itself (a release file that CI writes): not being needed is no fault. */
  mayLapse?: boolean;
}

/** The exemptions in force. */
export const readExemptions = () =>
  (readYaml('tools/charts/exemptions.yaml') ?? []) as readonly Exemption[];

/** Whether the text fits the pattern, in which `*` stands for any text. */
export function fits(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return text === pattern;
  const last = rest.pop() ?? '';
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let position = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, position);
    if (found === -1) return false;
    position = found + part.length;
  }
  return position + last.length <= text.length;
}

const excuses = (
  exemption: Exemption,
  rule: Rule,
  finding: Finding,
  { environment }: Installation,
) =>
  exemption.rule === rule.id &&
  fits(exemption.object, finding.object) &&
  (exemption.container === undefined || exemption.container === finding.container) &&
  (exemption.message === undefined || fits(exemption.message, finding.message)) &&
  (exemption.environments?.includes(environment) ?? true);

export interface Judgement {
  /** What breaks the rule without being exempt, each once. */
  broken: string[];
  /** The exemptions that were needed. */
  used: Set<Exemption>;
}

/** Checks one rule in all installations where it holds. */
export async function judge(
  rule: Rule,
  installations: readonly Installation[],
  exemptions: readonly Exemption[],
): Promise<Judgement> {
  const used = new Set<Exemption>();
  const broken = new Map<string, string>();
  for (const installation of installations) {
    if (!(rule.environments?.includes(installation.environment) ?? true)) continue;
    for (const finding of await rule.check(installation)) {
      const fitting = exemptions.filter((it) => excuses(it, rule, finding, installation));
      fitting.forEach((it) => used.add(it));
      if (fitting.length > 0) continue;
      const container = finding.container === undefined ? '' : `, container ${finding.container}`;
      const what = `${finding.object}${container}: ${finding.message}`;
      if (!broken.has(what)) broken.set(what, `${what} (${installation.name})`);
    }
  }
  return { broken: [...broken.values()], used };
}
